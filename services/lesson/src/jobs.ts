import type { Jobs } from '@repitbot/kit/job'
import type { Deps } from './deps.ts'
import { materialiseSeries } from './flows/materialise-series.ts'

export const jobs = (deps: Deps): Jobs => ({
  'materialise-series': { cron: '7 1 * * *', run: async () => void (await materialiseSeries(deps)), inDemo: true },
  /** What stood before a change is kept no longer than the change can be taken back: it may hold a private note. */
  'forget-formers': { cron: '37 * * * *', run: () => deps.store.forgetFormers() },
})
