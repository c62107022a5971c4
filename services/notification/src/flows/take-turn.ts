import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { chatEveryMs, everyMs, takeTurn, waitMsMax } from '../rules/turn.ts'

/** When messages may be sent by one token. `take` resolves with 0 once it is this message's turn, else with the time after which to try again; `pause` stops all of them. */
export type Turns = { take(chat: string): Promise<number>; pause(ms: number): Promise<void> }

/** The part of a Redis client that is used here. */
type Redis = { eval(script: string, keys: number, ...args: (string | number)[]): Promise<unknown> }

/** Shared by the jobs of this process alone. */
export function localTurns(): Turns {
  const turns = { pausedUntil: 0, nextAt: 0, chats: new Map<string, number>() }
  return {
    take: async (chat) => {
      const { waitMs, isTaken } = takeTurn(turns, chat, Date.now())
      return isTaken ? waitFor(waitMs) : waitMs
    },
    pause: async (ms) => {
      turns.pausedUntil = Math.max(turns.pausedUntil, Date.now() + ms)
    },
  }
}

/** The same as rules/turn.ts, by the clock of Redis, so that instances need not agree on the time. Below zero: no turn, try again after so long. */
const script = `
local t = redis.call('time')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local closed = math.max(tonumber(redis.call('get', KEYS[1]) or 0), tonumber(redis.call('get', KEYS[3]) or 0)) - now
if closed > 0 then return -closed end
local at = math.max(tonumber(redis.call('get', KEYS[2]) or 0), now)
if at - now > tonumber(ARGV[1]) then return now - at end
redis.call('set', KEYS[2], string.format('%.3f', at + tonumber(ARGV[2])), 'px', 10000)
redis.call('set', KEYS[3], math.ceil(at + tonumber(ARGV[3])), 'px', math.ceil(at - now + tonumber(ARGV[3])))
return math.floor(at - now)`
const pauseScript = `
local t = redis.call('time')
local till = t[1] * 1000 + math.floor(t[2] / 1000) + tonumber(ARGV[1])
if till > tonumber(redis.call('get', KEYS[1]) or 0) then redis.call('set', KEYS[1], till, 'px', math.ceil(tonumber(ARGV[1]))) end`

/** Shared through Redis by all instances that send by this token. While Redis does not answer, each instance keeps the limits alone, and Telegram's refusals are obeyed. */
export function sharedTurns(redis: Redis, token: string): Turns {
  const local = localTurns()
  const name = createHash('sha256').update(token).digest('base64url').slice(0, 16)
  const key = (what: string) => `repitbot:turns:${name}:${what}`
  return {
    async take(chat) {
      const keys = [key('paused'), key('next'), key(`chat:${chat}`)]
      try {
        const ms = Number(await redis.eval(script, keys.length, ...keys, waitMsMax, everyMs, chatEveryMs))
        return ms < 0 ? -ms : await waitFor(ms)
      } catch {
        return local.take(chat)
      }
    },
    async pause(ms) {
      await local.pause(ms)
      await redis.eval(pauseScript, 1, key('paused'), ms).catch(() => {})
    },
  }
}

async function waitFor(ms: number): Promise<0> {
  if (ms > 0) await sleep(ms)
  return 0
}
