import type { Runtime } from '@repitbot/kit/service'
import { openStore } from './store/open.ts'

/** What the service's doors and flows are handed. */
export const open = ({ database, now, log }: Runtime) => ({ store: openStore(database), now, log })
export type Deps = ReturnType<typeof open>
/** What a decision over a locked series may ask for. */
export type Held = Parameters<Parameters<Deps['store']['changeSeries']>[2]>[0]
