import { Failure } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { type Counter, windowSeconds } from '../rules/attempts.ts'
import { hashOf } from '../rules/secrets.ts'

/**
 * Runs what may be a guess. It is counted before it is known to have failed, so that a hundred at once meet the same limit as one after the
 * other, and a success is taken off again. Throws `too_many_requests` over the limit, also for accounts that do not exist.
 */
export async function tryWithLimits<T>(deps: Deps, counters: Counter[], work: () => Promise<T>): Promise<T> {
  const counted = hashCounters(deps, counters)
  const until = await deps.store.countAttempt(counted, deps.now(), windowSeconds)
  if (until) {
    const retryAfterSeconds = Math.max(1, Math.ceil((until.getTime() - deps.now().getTime()) / 1000))
    throw new Failure('too_many_requests', { retryAfterSeconds })
  }
  try {
    const outcome = await work()
    await deps.store.uncountAttempt(counted, true)
    return outcome
  } catch (error) {
    if (!isWrongGuess(error)) await deps.store.uncountAttempt(counted, false)
    throw error
  }
}

/** An attempt that was not checked is no failed guess: Postgres was away, or too many passwords were hashed at once. */
const isWrongGuess = (error: unknown) => error instanceof Failure && ['wrong_credentials', 'link_not_valid'].includes(error.code)

/** Hashed, so that the table of counters holds neither e-mails nor addresses. */
export const hashCounters = ({ secrets }: Deps, counters: Counter[]) =>
  counters.map(({ key, max }) => ({ key: hashOf(secrets, 'attempt', key).toString('base64url'), max }))
