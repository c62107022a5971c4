import { randomBytes, randomUUIDv7 } from 'node:crypto'
import type { Caller, Origin } from '@repitbot/contracts/endpoint'
import { Failure } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { loginsFrom, windowSeconds } from '../rules/attempts.ts'
import { hashOf } from '../rules/secrets.ts'
import { deepLink, minutesMax, type TelegramRequest } from '../rules/telegram.ts'
import { hashedCounters } from './try-with-limits.ts'

/** A page asks to be let in by whoever confirms in the chat. The link is for the chat and the secret for the page: whoever sees one has not the other. */
export async function askTelegramLogin(deps: Deps, origin: Origin) {
  const until = await deps.store.countAttempt(hashedCounters(deps, [loginsFrom(origin.address)]), deps.now(), windowSeconds)
  if (until) throw new Failure('too_many_requests', { retryAfterSeconds: Math.ceil((until.getTime() - deps.now().getTime()) / 1000) })
  const secret = randomBytes(32).toString('base64url')
  const asked = await ask(deps, { kind: 'login', personId: null, userId: null, origin }, hashOf(deps.secrets, 'token', secret))
  return { ...asked, secret }
}

/** Somebody who is signed in asks to have a Telegram account bound to his own. */
export async function askTelegramLink(deps: Deps, caller: Caller, origin: Origin) {
  const { personId } = await deps.store.getMember(caller, caller.userId)
  return ask(deps, { kind: 'link', personId, userId: caller.userId, origin }, null)
}

type Asking = Pick<TelegramRequest, 'kind' | 'personId' | 'userId'> & { origin: Origin }
async function ask({ store, secrets, telegramUrl, now }: Deps, { origin, ...asking }: Asking, secretHash: Buffer | null) {
  const token = randomBytes(16).toString('base64url')
  const expiresAt = new Date(now().getTime() + minutesMax * 60_000)
  const from = { agent: origin.agent.slice(0, 300), address: origin.address }
  const request: TelegramRequest = { ...asking, ...from, id: randomUUIDv7(), state: 'asked', telegramId: null, expiresAt }
  await store.insertTelegramRequest(request, { tokenHash: hashOf(secrets, 'token', token), secretHash })
  return { link: deepLink(telegramUrl, asking.kind, token), expiresAt: expiresAt.toISOString() }
}
