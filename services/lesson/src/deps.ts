import type { Runtime } from '@repitbot/kit/service'
import type { Config } from './config.ts'
import { noteSeal } from './store/note-seal.ts'
import { openStore } from './store/open-store.ts'

/** What routes, consumers, jobs and flows are given. */
export function open({ database, now, log, config }: Runtime<Config>) {
  const notes = noteSeal(config)
  return {
    store: openStore(database, now, notes),
    notes,
    now,
    log,
    /** Lessons whose private note cannot be opened, already logged by this process. */
    unreadable: new Set<string>(),
  }
}
export type Deps = ReturnType<typeof open>
export type { NoteSeal } from './store/note-seal.ts'
export type { LockedSeries } from './store/series.ts'
