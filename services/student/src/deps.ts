import type { Runtime } from '@repitbot/kit/service'
import type { Config } from './config.ts'
import type { XpContext } from './rules/student.ts'
import { openStore } from './store/open-store.ts'

/** What routes, consumers, jobs and flows are given. */
export const open = ({ database, settings, settingsGeneration, now, config }: Runtime<Config>) => ({
  store: openStore(database),
  now,
  dayStartHour: config.DAY_START_HOUR,
  /** What XP computed now depends on. */
  xpContext: (): XpContext => ({
    settings: settings(),
    generation: settingsGeneration(),
    now: now().getTime(),
    dayStartHour: config.DAY_START_HOUR,
  }),
})
export type Deps = ReturnType<typeof open>
