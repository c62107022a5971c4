import type { Runtime } from '@repitbot/kit/service'
import type { Config } from './config.ts'
import type { Terrain } from './rules/student.ts'
import { openStore } from './store/open-store.ts'

/** What the service's doors and flows are handed. */
export const open = ({ database, settings, settingsGeneration, now, config }: Runtime<Config>) => ({
  store: openStore(database),
  now,
  dayStartHour: config.DAY_START_HOUR,
  /** What a settlement made now goes by. */
  terrain: (): Terrain => ({
    settings: settings(),
    generation: settingsGeneration(),
    now: now().getTime(),
    dayStartHour: config.DAY_START_HOUR,
  }),
})
export type Deps = ReturnType<typeof open>
