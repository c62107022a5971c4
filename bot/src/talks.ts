import { Failure } from '@repitbot/kit/failure'
import type { Runtime } from '@repitbot/kit/service'
import { type Kept, keptSeconds } from './rules/talk-state.ts'

type Redis = ReturnType<NonNullable<Runtime['redis']>>
/** Where unfinished dialogues are kept, by chat and person; each is forgotten a day after it was last touched. */
export type Talks = { find(key: string): Promise<Kept | undefined>; save(key: string, kept: Kept): Promise<void> }

/** `bot` is its number: two bots on one Redis talk with the same people. */
export function redisTalks(redis: Redis, bot: string): Talks {
  const unavailable = (cause: unknown): never => {
    throw new Failure('unavailable', {}, { cause })
  }
  const named = (key: string) => `repitbot:talk:${bot}:${key}`
  return {
    find: async (key) => {
      const text = await redis.get(named(key)).catch(unavailable)
      return text === null ? undefined : (JSON.parse(text) as Kept)
    },
    save: async (key, kept) => void (await redis.set(named(key), JSON.stringify(kept), 'EX', keptSeconds).catch(unavailable)),
  }
}

/** For a bot that stands alone: gone with the process. */
export function localTalks(): Talks {
  const talks = new Map<string, { kept: Kept; until: number }>()
  return {
    find: async (key) => {
      const found = talks.get(key)
      return found && found.until > Date.now() ? structuredClone(found.kept) : undefined
    },
    save: async (key, kept) => {
      for (const [old, { until }] of talks) if (until <= Date.now()) talks.delete(old)
      talks.set(key, { kept: structuredClone(kept), until: Date.now() + keptSeconds * 1000 })
    },
  }
}
