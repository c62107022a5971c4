import { randomBytes, randomUUIDv7 } from 'node:crypto'
import type { Origin } from '@repitbot/contracts/endpoint'
import type { Language } from '@repitbot/contracts/people'
import { letters as en } from '@repitbot/contracts/texts/en/user'
import { letters as ru } from '@repitbot/contracts/texts/ru/user'
import type { Inside } from '../inside.ts'
import { countersOf, windowSeconds } from '../rules/attempts.ts'
import { hashOf, sealed } from '../rules/secrets.ts'
import { hashedCounters } from './try-with-limits.ts'

const texts = { ru, en }
const minutesMax = 60

/** Answers alike whether the e-mail has an account or not, and whether too many were asked for. */
export async function forgotPassword(inside: Inside, email: string, origin: Origin): Promise<void> {
  const { store, now } = inside
  const counters = countersOf('forgot', email, origin.address)
  if (await store.countAttempt(hashedCounters(inside, counters), now(), windowSeconds)) return
  await store.askForLink(email, now())
}

/** Makes the link and puts the letter aside for sending, sealed; an unknown e-mail leaves nothing. Run again, only the latest link is good. */
export async function prepareLink({ store, secrets, publicUrl, now }: Inside, email: string): Promise<void> {
  const at = now()
  const token = randomBytes(32).toString('base64url')
  const id = randomUUIDv7()
  const link = { id, hash: hashOf(secrets, 'token', token), expiresAt: new Date(at.getTime() + minutesMax * 60_000) }
  const letter = (language: Language) => {
    const { subject, body } = texts[language].passwordLink
    const filled = body.replace('{link}', `${publicUrl}/reset#${token}`).replace('{minutes}', String(minutesMax))
    return { code: 'passwordLink', sealed: sealed(secrets, id, JSON.stringify({ to: email, subject, body: filled }), randomBytes(12)), at }
  }
  await store.insertPasswordLink(email, link, letter)
}
