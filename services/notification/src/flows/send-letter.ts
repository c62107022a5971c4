import type { ConsumedEvent } from '@repitbot/contracts/events'
import { Letter } from '@repitbot/contracts/letter'
import { schoolsOf } from '@repitbot/kit/database'
import type { Deps } from '../deps.ts'

const triesMax = 20

/** Keeps letters to send as they came, sealed. */
export const keepLetters = ({ store, now }: Deps, batch: ConsumedEvent<'letter.written'>[]): Promise<void> =>
  store.transaction(schoolsOf(batch), (unit) => unit.addLetters(batch, now()))

/** Opens a letter only to hand it over; what did not get through is tried again until its link is over. */
export async function sendLetter({ store, channels, letters, now, log }: Deps, schoolId: string, id: string): Promise<void> {
  const letter = await store.transaction({ schoolId }, (unit) => unit.takeLetter(id, now()))
  if (!letter) return
  const mark = (state: 'waiting' | 'sent' | 'failed' | 'expired') =>
    store.transaction({ schoolId }, (unit) => unit.markLetter(id, { state, attempts: letter.attempts, schoolId, now: now() }))
  const channel = channels.find(({ name }) => name === 'email')
  if (!channel || letter.expiresAt <= now()) return mark('expired')
  const text = letters.unseal(id, letter.sealed)
  if (text === undefined) {
    log.error({ letterId: id }, 'A letter was sealed with another SERVICE_SECRET and cannot be sent')
    return mark('failed')
  }
  const outcome = await channel.send({ id, ...Letter.parse(JSON.parse(text)) })
  if (outcome.kind === 'sent') return mark('sent')
  log.warn({ letterId: id, outcome: outcome.kind }, 'A letter did not get through')
  await mark(outcome.kind === 'refused' || letter.attempts >= triesMax ? 'failed' : 'waiting')
}
