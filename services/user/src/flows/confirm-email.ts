import { randomBytes, randomUUIDv7 } from 'node:crypto'
import type { Caller, Origin } from '@repitbot/contracts/endpoint'
import type { Letter } from '@repitbot/contracts/letter'
import { letters as en } from '@repitbot/contracts/texts/en/sign-in'
import { letters as ru } from '@repitbot/contracts/texts/ru/sign-in'
import type { Deps } from '../deps.ts'
import { hashOf } from '../rules/secrets.ts'
import { signalEnded } from './open-session.ts'
import { attemptFrom, isWithinLimits } from './try-with-limits.ts'

const texts = { ru, en }
const daysMax = 7

/**
 * Sends the confirming letter again; nothing happens once the address is confirmed, nor above the limit of letters. The letter is counted
 * first, outside the transaction of an Idempotency-Key; the returned step requests it.
 */
export async function requestConfirmation(deps: Deps, caller: Caller, origin: Origin): Promise<() => Promise<void>> {
  const isAllowed = await isWithinLimits(deps, [attemptFrom(origin, 'forgot', { account: caller.userId })])
  return async () => {
    if (isAllowed) await deps.store.requestConfirmation(caller, deps.now())
  }
}

/** Makes the link and publishes the letter, sealed for the service that sends it. */
export async function prepareConfirmation({ store, secrets, letters, publicUrl, now }: Deps, personId: string): Promise<void> {
  const token = randomBytes(32).toString('base64url')
  const id = randomUUIDv7()
  const link = { id, hash: hashOf(secrets, 'token', token), expiresAt: new Date(now().getTime() + daysMax * 86_400_000) }
  await store.insertConfirmLink(personId, link, ({ email, language }) => {
    const { subject: title, body, open: label } = texts[language].confirmEmail
    const letter: Letter = { to: email, language, title, body, link: { url: `${publicUrl}/confirm#${token}`, label } }
    return letters.seal(id, JSON.stringify(letter))
  })
}

/** Confirms the caller's address. Whoever else gave it, and never proved it, loses it. */
export async function confirmEmail(deps: Deps, caller: Caller, token: string): Promise<void> {
  signalEnded(deps, await deps.store.confirmEmail(caller, hashOf(deps.secrets, 'token', token), deps.now()))
}
