import { randomUUIDv7 } from 'node:crypto'
import { context } from '@repitbot/kit/context'
import { letterSeal } from '@repitbot/kit/seal'
import type { Runtime } from '@repitbot/kit/service'
import type { Config } from './config.ts'
import type { Channel } from './rules/channel.ts'
import { openStore } from './store/open-store.ts'

/** What a stream tells the changes of, and the topic of its signals. */
export type Watched = 'inbox' | 'lessons'

/** What the service's doors and flows are handed. */
export function open({ database, now, signals, log, config }: Runtime<Config>, channels: Channel[]) {
  /** What wakes the open streams of each reader in this process. */
  const watchers = new Map<string, Set<(what: Watched) => void>>()
  for (const what of ['inbox', 'lessons'] as const)
    signals.listen(what, (message) => {
      const { recipients = [] } = message as { recipients?: string[] }
      for (const id of recipients) for (const wake of watchers.get(id) ?? []) wake(what)
    })
  return {
    ...{ store: openStore(database), now, signals, log, watchers, channels },
    publicUrl: config.PUBLIC_URL.replace(/\/$/, ''),
    letters: letterSeal(config.SERVICE_SECRET),
    /** Ids of notices that could not be written, as far as this process has logged them. */
    unreadable: new Set<string>(),
    /** Of the request, event or job that is being handled. */
    correlationId: () => context()?.correlationId ?? randomUUIDv7(),
  }
}
export type Deps = ReturnType<typeof open>
export type { Unit } from './store/open-store.ts'
export type { StoredNotice } from './store/reading.ts'
