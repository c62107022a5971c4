import type { Runtime } from '@repitbot/kit/service'
import { openStore } from './store/open-store.ts'

/** What routes, consumers, jobs and flows are given. */
export const open = ({ database, now, log }: Runtime) => ({ store: openStore(database, now), now, log })
export type Deps = ReturnType<typeof open>
export type { LockedSeries } from './store/series.ts'
