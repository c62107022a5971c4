import { randomBytes, randomUUIDv7 } from 'node:crypto'
import type { Origin } from '@repitbot/contracts/endpoint'
import type { Language } from '@repitbot/contracts/people'
import { letters as en } from '@repitbot/contracts/texts/en/user'
import { letters as ru } from '@repitbot/contracts/texts/ru/user'
import type { Inside } from '../inside.ts'
import { countersOf, windowSeconds } from '../rules/attempts.ts'
import { hashOf, sealed } from '../rules/secrets.ts'

const texts = { ru, en }
const minutesMax = 60

/**
 * Puts a letter with a one-time link aside for sending, if the e-mail has an account. Whether it has, whether too many were asked for, and how long it
 * took tell nothing: each asking counts, and writes.
 */
export async function forgotPassword(inside: Inside, email: string, origin: Origin): Promise<void> {
  const { store, secrets, now } = inside
  const at = now()
  const counters = countersOf('forgot', email, origin.address).map(({ key, max }) => ({
    key: hashOf(secrets, 'attempt', key).toString('base64url'),
    max,
  }))
  if (await store.countAttempt(counters, at, windowSeconds)) return
  const token = randomBytes(32).toString('base64url')
  const id = randomUUIDv7()
  const link = { id, hash: hashOf(secrets, 'token', token), expiresAt: new Date(at.getTime() + minutesMax * 60_000) }
  const letter = (language: Language) => {
    const { subject, body } = texts[language].passwordLink
    const filled = body.replace('{link}', `${inside.publicUrl}/reset#${token}`).replace('{minutes}', String(minutesMax))
    return { code: 'passwordLink', sealed: sealed(secrets, id, JSON.stringify({ to: email, subject, body: filled }), randomBytes(12)), at }
  }
  await store.insertPasswordLink(email, link, letter)
}
