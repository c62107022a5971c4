import type { ConsumedEvent } from '@repitbot/contracts/events'
import { Letter } from '@repitbot/contracts/letter'
import type { Deps } from '../deps.ts'

const attemptsMax = 20

/** Keeps letters to send as they came, sealed. */
export const keepLetters = ({ store, now }: Deps, batch: ConsumedEvent<'letter.written'>[]): Promise<void> => store.addLetters(batch, now())

/** Unseals a letter only to hand it over. One that was not delivered is tried again until its link has expired. */
export async function sendLetter({ store, channels, letters, now, log }: Deps, schoolId: string, id: string): Promise<void> {
  const letter = await store.beginLetter(schoolId, id, now())
  if (!letter) return
  const mark = (state: 'waiting' | 'sent' | 'failed' | 'expired') =>
    store.markLetter(schoolId, id, { state, attempts: letter.attempts, now: now() })
  const channel = channels.find(({ name }) => name === 'email')
  if (!channel || letter.expiresAt <= now()) return mark('expired')
  const text = letters.unseal(id, letter.sealed)
  if (text === undefined) {
    log.error({ letterId: id }, 'A letter was sealed with another LETTER_SECRET and cannot be sent')
    return mark('failed')
  }
  const outcome = await channel.send({ id, school: await store.findSchoolName(schoolId), ...Letter.parse(JSON.parse(text)) })
  if (outcome.kind === 'sent') return mark('sent')
  log.warn({ letterId: id, outcome: outcome.kind }, 'A letter did not get through')
  await mark(outcome.kind === 'refused' || letter.attempts >= attemptsMax ? 'failed' : 'waiting')
}
