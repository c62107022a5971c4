import { type Context, withContext } from '@repitbot/kit/context'
import type { Log } from '@repitbot/kit/log'
import type { Redis } from 'ioredis'
import { RateLimiterMemory, RateLimiterRedis, type RateLimiterRes } from 'rate-limiter-flexible'
import type { Limit } from './limits.ts'

const windowS = 60
const leasesMax = 50_000
const leaseMax = 50
/** The library only counts: whether a count is too high is decided here, by the current limit, so that a change of the limit loses no count. */
const countOnly = { points: Number.MAX_SAFE_INTEGER, duration: windowS, keyPrefix: 'repitbot:rate' }

/**
 * Requests that this gateway may let through without asking again. `consumed` is the count of all gateways at the time of the lease; the last
 * `tokens` of it belong to this gateway and are unused. So each request has its own number in the minute, and passes where that number is
 * within the current limit.
 */
type Lease = { tokens: number; consumed: number; endsAt: number }
/** Whether one more request is let through, how many are left of the limit, and for how many seconds. */
export type Taken = { admitted: boolean; remaining: number; resetSeconds: number }
/** What is logged while Redis is asked carries the correlation id of the request. */
export type Limiter = { take(limit: Limit, context: Context): Taken | Promise<Taken> }

/**
 * Counts in Redis for all gateways together: leases several requests at a time while a client is far from its limit, one at a time near it.
 * While Redis does not answer, each gateway counts in memory, starting from the last count it knows. Without a Redis it counts in memory only.
 */
export function openLimiter(redis: Redis | undefined, log: Log, leasesKept = leasesMax): Limiter {
  const memory = new RateLimiterMemory(countOnly)
  const shared = redis && new RateLimiterRedis({ ...countOnly, storeClient: redis, rejectIfRedisNotReady: true })
  const leases = new Map<string, Lease>()
  const pending = new Map<string, Promise<void>>()

  let dropped = false
  redis?.on('ready', () => {
    dropped = false
  })
  const consume = async (key: string, points: number): Promise<RateLimiterRes> => {
    if (!shared) return memory.consume(key, points)
    try {
      return await shared.consume(key, points)
    } catch (error) {
      // A Redis that did not answer in time is not asked again until it has reconnected.
      if (redis?.status === 'ready' && !dropped) {
        dropped = true
        log.warn({ error: String(error) }, 'Redis does not answer; limits hold from memory')
        redis.disconnect(true)
      }
      const last = leases.get(key)
      const secondsLeft = last ? Math.ceil((last.endsAt - performance.now()) / 1000) : 0
      if (last && secondsLeft > 0 && !(await memory.get(key))) await memory.set(key, last.consumed, secondsLeft)
      return memory.consume(key, points)
    }
  }
  const lease = async ({ key, perMinute }: Limit) => {
    const sentAt = performance.now()
    const last = leases.get(key)
    const before = last && last.endsAt > sentAt ? last.consumed : 0
    const points = Math.max(1, Math.min(leaseMax, Math.floor((perMinute - before) / 10)))
    const { consumedPoints, msBeforeNext } = await consume(key, points)
    // Counted from before the request to Redis, so that a lease never outlives its minute.
    leases.delete(key)
    leases.set(key, { tokens: points, consumed: consumedPoints, endsAt: sentAt + msBeforeNext })
    if (leases.size > leasesKept) for (const oldest of leases.keys()) if (leases.delete(oldest)) break
  }
  /** Undefined where a new lease is needed to decide. */
  const takeLeased = ({ key, perMinute }: Limit): Taken | undefined => {
    const current = leases.get(key)
    const now = performance.now()
    if (!current || current.endsAt <= now) return undefined
    const used = current.consumed - current.tokens
    const resetSeconds = Math.ceil((current.endsAt - now) / 1000)
    if (used >= perMinute) return { admitted: false, remaining: 0, resetSeconds }
    if (current.tokens === 0) return undefined
    current.tokens--
    return { admitted: true, remaining: perMinute - used - 1, resetSeconds }
  }
  const leaseAndTake = async (limit: Limit): Promise<Taken> => {
    for (;;) {
      let leasing = pending.get(limit.key)
      if (!leasing) {
        leasing = lease(limit).finally(() => pending.delete(limit.key))
        pending.set(limit.key, leasing)
      }
      await leasing
      const taken = takeLeased(limit)
      if (taken) return taken
    }
  }
  return { take: (limit, { correlationId }) => takeLeased(limit) ?? withContext({ correlationId }, () => leaseAndTake(limit)) }
}
