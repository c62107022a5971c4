import type { Log } from '@repitbot/kit/log'
import type { Redis } from 'ioredis'
import { RateLimiterMemory, RateLimiterRedis, type RateLimiterRes } from 'rate-limiter-flexible'
import type { Limit } from './limits.ts'

const windowS = 60
const leasesMax = 50_000
const leaseMax = 50
/** The libraries count; whether a count is too high is decided here, by the limit of the moment, so that a changed limit forgets nothing. */
const uncounted = { points: Number.MAX_SAFE_INTEGER, duration: windowS, keyPrefix: 'repitbot:rate' }

/**
 * What this gateway may let through without asking again: of `consumed`, counted for all gateways, the last `tokens` are its own and unused.
 * So each request has a place of its own among all, and is let through where that place is within the limit of the moment.
 */
type Lease = { tokens: number; consumed: number; endsAt: number }
/** Whether one more is let through, how many are left of the limit, and for how long. */
export type Taken = { admitted: boolean; remaining: number; resetSeconds: number }
export type Limiter = { take(limit: Limit): Taken | Promise<Taken> }

/**
 * Counts in Redis for all gateways together, a lease of several at a time while a client is far from its limit and one by one near it.
 * While Redis does not answer, counts in memory from what was seen last, each gateway for itself; without one, in memory alone.
 */
export function openLimiter(redis: Redis | undefined, log: Log): Limiter {
  const memory = new RateLimiterMemory(uncounted)
  const shared = redis && new RateLimiterRedis({ ...uncounted, storeClient: redis, rejectIfRedisNotReady: true })
  const leases = new Map<string, Lease>()
  const asking = new Map<string, Promise<void>>()

  let dropped = false
  redis?.on('ready', () => {
    dropped = false
  })
  const counted = async (key: string, points: number): Promise<RateLimiterRes> => {
    if (!shared) return memory.consume(key, points)
    try {
      return await shared.consume(key, points)
    } catch (error) {
      // Whoever does not answer in time is asked no more until he is connected anew.
      if (redis?.status === 'ready' && !dropped) {
        dropped = true
        log.warn({ error: String(error) }, 'Redis does not answer; limits hold from memory')
        redis.disconnect(true)
      }
      const seen = leases.get(key)
      const left = seen ? Math.ceil((seen.endsAt - performance.now()) / 1000) : 0
      if (seen && left > 0 && !(await memory.get(key))) await memory.set(key, seen.consumed, left)
      return memory.consume(key, points)
    }
  }
  const ask = async ({ key, perMinute }: Limit) => {
    const sentAt = performance.now()
    const known = leases.get(key)
    const before = known && known.endsAt > sentAt ? known.consumed : 0
    const points = Math.max(1, Math.min(leaseMax, Math.floor((perMinute - before) / 10)))
    const { consumedPoints, msBeforeNext } = await counted(key, points)
    // The end is reckoned from before the question: a lease never outlives its window.
    leases.delete(key)
    leases.set(key, { tokens: points, consumed: consumedPoints, endsAt: sentAt + msBeforeNext })
    if (leases.size > leasesMax) for (const oldest of leases.keys()) if (leases.delete(oldest)) break
  }
  const known = ({ key, perMinute }: Limit): Taken | undefined => {
    const lease = leases.get(key)
    const now = performance.now()
    if (!lease || lease.endsAt <= now) return undefined
    const used = lease.consumed - lease.tokens
    const resetSeconds = Math.ceil((lease.endsAt - now) / 1000)
    if (used >= perMinute) return { admitted: false, remaining: 0, resetSeconds }
    if (lease.tokens === 0) return undefined
    lease.tokens--
    return { admitted: true, remaining: perMinute - used - 1, resetSeconds }
  }
  const takeLater = async (limit: Limit): Promise<Taken> => {
    for (;;) {
      let asked = asking.get(limit.key)
      if (!asked) {
        asked = ask(limit).finally(() => asking.delete(limit.key))
        asking.set(limit.key, asked)
      }
      await asked
      const taken = known(limit)
      if (taken) return taken
    }
  }
  return { take: (limit) => known(limit) ?? takeLater(limit) }
}
