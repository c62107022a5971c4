import { randomBytes, randomUUIDv7 } from 'node:crypto'
import type { Origin } from '@repitbot/contracts/endpoint'
import type { Letter } from '@repitbot/contracts/letter'
import { letters as en } from '@repitbot/contracts/texts/en/sign-in'
import { letters as ru } from '@repitbot/contracts/texts/ru/sign-in'
import type { Deps } from '../deps.ts'
import { hashOf } from '../rules/secrets.ts'
import { attemptFrom, isWithinLimits } from './try-with-limits.ts'

const texts = { ru, en }
const minutesMax = 60

/** The reply is the same whether the e-mail has an account or not, and whether there were too many requests. */
export async function forgotPassword(deps: Deps, email: string, origin: Origin): Promise<void> {
  const { store, now } = deps
  if (!(await isWithinLimits(deps, [attemptFrom(origin, 'forgot', { account: email })]))) return
  await store.requestPasswordLink(email, now())
}

/** Makes the link and publishes the letter, sealed for the service that sends it; an unknown e-mail gets nothing. Only the latest link is good. */
export async function prepareLink({ store, secrets, letters, publicUrl, now }: Deps, email: string): Promise<void> {
  const token = randomBytes(32).toString('base64url')
  const id = randomUUIDv7()
  const link = { id, hash: hashOf(secrets, 'token', token), expiresAt: new Date(now().getTime() + minutesMax * 60_000) }
  await store.insertPasswordLink(email, link, (language) => {
    const { subject: title, body, open: label } = texts[language].passwordLink
    const letter: Letter = { to: email, language, title, body: fill(body), link: { url: `${publicUrl}/reset#${token}`, label } }
    return letters.seal(id, JSON.stringify(letter))
  })
}

const fill = (body: string) => body.replace('{minutes}', String(minutesMax))
