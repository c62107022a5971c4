import { randomBytes, randomInt, randomUUIDv7 } from 'node:crypto'
import type { Caller, Origin } from '@repitbot/contracts/endpoint'
import { Failure } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { hashOf } from '../rules/secrets.ts'
import { deepLink, minutesMax, type TelegramRequest } from '../rules/telegram.ts'
import { agentMax } from './open-session.ts'
import { attemptFrom, countOrRefuse } from './try-with-limits.ts'

/** A page asks to sign in as the person who confirms it in the chat. The link is for the chat and the secret for the page: neither works without the other. */
export async function requestTelegramLogin(deps: Deps, origin: Origin) {
  await countOrRefuse(deps, [attemptFrom(origin, 'telegram-login')])
  const choices = threeNumbers()
  const secret = randomBytes(32).toString('base64url')
  const made = await insertRequest(
    deps,
    { kind: 'login', personId: null, userId: null, choices, origin },
    hashOf(deps.secrets, 'token', secret),
  )
  return { ...made, secret, number: choices[0] ?? 0 }
}

/** Somebody who is signed in asks to link a Telegram account to their own. */
export async function requestTelegramLink(deps: Deps, caller: Caller, origin: Origin) {
  const { personId, telegramId } = await deps.store.getMember(caller, caller.userId)
  if (telegramId !== null) throw new Failure('telegram_linked_already')
  return insertRequest(deps, { kind: 'link', personId, userId: caller.userId, choices: [], origin }, null)
}

/** Three different numbers of two digits, in no order. */
function threeNumbers(): number[] {
  const numbers = new Set<number>()
  while (numbers.size < 3) numbers.add(randomInt(10, 100))
  return [...numbers]
}

type Request = Pick<TelegramRequest, 'kind' | 'personId' | 'userId' | 'choices'> & { origin: Origin }
async function insertRequest({ store, secrets, telegramUrl, now }: Deps, { origin, ...asked }: Request, secretHash: Buffer | null) {
  if (!telegramUrl) throw new Failure('no_bot')
  const token = randomBytes(16).toString('base64url')
  const expiresAt = new Date(now().getTime() + minutesMax * 60_000)
  const from = { agent: origin.agent.slice(0, agentMax), address: origin.address }
  const request: TelegramRequest = { ...asked, ...from, id: randomUUIDv7(), state: 'asked', telegramId: null, expiresAt }
  await store.insertTelegramRequest(request, { tokenHash: hashOf(secrets, 'token', token), secretHash })
  return { link: deepLink(telegramUrl, asked.kind, token), expiresAt: expiresAt.toISOString() }
}
