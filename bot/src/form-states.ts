import { Failure } from '@repitbot/kit/failure'
import type { Runtime } from '@repitbot/kit/service'
import { type KeptForm, keptSeconds } from './rules/form-state.ts'

type Redis = ReturnType<NonNullable<Runtime['redis']>>
/** The store of unfinished forms, by chat and person; each is forgotten a day after its last change. */
export type FormStates = { find(key: string): Promise<KeptForm | undefined>; save(key: string, kept: KeptForm): Promise<void> }

/** `bot` is the number in the bot's token: two bots on one Redis may have the same people. */
export function redisFormStates(redis: Redis, bot: string): FormStates {
  const unavailable = (cause: unknown): never => {
    throw new Failure('unavailable', {}, { cause })
  }
  // Not renamed with the rest: forms that older processes stored are found by it.
  const nameOf = (key: string) => `repitbot:talk:${bot}:${key}`
  return {
    find: async (key) => {
      const text = await redis.get(nameOf(key)).catch(unavailable)
      return text === null ? undefined : (JSON.parse(text) as KeptForm)
    },
    save: async (key, kept) => void (await redis.set(nameOf(key), JSON.stringify(kept), 'EX', keptSeconds).catch(unavailable)),
  }
}

/** For one process without Redis: the forms are gone with it. */
export function localFormStates(): FormStates {
  const forms = new Map<string, { kept: KeptForm; until: number }>()
  return {
    find: async (key) => {
      const found = forms.get(key)
      return found && found.until > Date.now() ? structuredClone(found.kept) : undefined
    },
    save: async (key, kept) => {
      for (const [old, { until }] of forms) if (until <= Date.now()) forms.delete(old)
      forms.set(key, { kept: structuredClone(kept), until: Date.now() + keptSeconds * 1000 })
    },
  }
}
