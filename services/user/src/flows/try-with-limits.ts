import type { Origin } from '@repitbot/contracts/endpoint'
import { Failure } from '@repitbot/kit/failure'
import { networksOf } from '@repitbot/kit/network'
import type { Deps } from '../deps.ts'
import {
  type Attempt,
  type AttemptKind,
  type Counter,
  countersOf,
  type KnownOrigin,
  knownDaysMax,
  windowSeconds,
} from '../rules/attempts.ts'
import { hashOf } from '../rules/secrets.ts'
import { agentMax } from './open-session.ts'

/** An attempt of the client at an origin. */
export const attemptFrom = ({ address, agent }: Origin, kind: AttemptKind, of: Pick<Attempt, 'account' | 'isCode'> = {}): Attempt => ({
  ...of,
  kind,
  networks: networksOf(address),
  agent: agent.slice(0, agentMax),
})
/** An attempt in a chat, whose owner Telegram vouches for. */
export const attemptInChat = (telegramId: string, isCode = false): Attempt =>
  attemptFrom({ address: `telegram ${telegramId}`, agent: '' }, 'accept', { isCode })

/**
 * Runs what may be a guess. It is counted before it is known to have failed, so that a hundred at once meet the same limit as one after the
 * other, and a success is taken off again. Throws `too_many_requests` over the limit, also for accounts that do not exist.
 */
export async function tryWithLimits<T>(deps: Deps, attempts: Attempt[], work: () => Promise<T>): Promise<T> {
  const counted = await countOrRefuse(deps, attempts)
  try {
    const outcome = await work()
    await deps.store.uncountAttempt(counted, true)
    return outcome
  } catch (error) {
    if (!isWrongGuess(error)) await deps.store.uncountAttempt(counted, false)
    throw error
  }
}

/** Counts an attempt, and throws `too_many_requests` over the limit. Over it, an origin from which the account was signed in to is counted apart. */
export async function countOrRefuse(deps: Deps, attempts: Attempt[]): Promise<Counter[]> {
  const { counters, until } = await count(deps, attempts)
  if (!until) return counters
  const account = attempts.find(({ kind }) => kind === 'sign-in')?.account
  const apart = account === undefined ? undefined : await count(deps, attempts, await knownOrigins(deps, account))
  if (apart && !apart.until) return apart.counters
  const retryAfterSeconds = Math.max(1, Math.ceil((until.getTime() - deps.now().getTime()) / 1000))
  throw new Failure('too_many_requests', { retryAfterSeconds })
}

/** Counts what is no guess; whether it is within the limit. */
export const isWithinLimits = async (deps: Deps, attempts: Attempt[]): Promise<boolean> => !(await count(deps, attempts)).until

/** Counters are hashed, so that their table holds neither e-mails nor addresses. `until` is when to try again, over a limit. */
async function count({ store, secrets, now }: Deps, attempts: Attempt[], known?: KnownOrigin[]) {
  const counters = attempts
    .flatMap((attempt) => countersOf(attempt, attempt.kind === 'sign-in' ? known : undefined))
    .map((counter) => ({ ...counter, key: hashOf(secrets, 'attempt', counter.key).toString('base64url') }))
  return { counters, until: await store.countAttempt(counters, now(), windowSeconds) }
}

async function knownOrigins({ store, now }: Deps, account: string): Promise<KnownOrigin[]> {
  const origins = await store.listOrigins(account, new Date(now().getTime() - knownDaysMax * 86_400_000))
  return origins.map(({ address, agent }) => ({ network: networksOf(address).narrow, agent }))
}

/** An attempt that was not checked is no failed guess: Postgres was away, or too many passwords were hashed at once. */
const isWrongGuess = (error: unknown) => error instanceof Failure && ['wrong_credentials', 'link_not_valid'].includes(error.code)
