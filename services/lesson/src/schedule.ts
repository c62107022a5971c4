import type { Job } from '@repitbot/kit/service'
import type { Deps } from './deps.ts'
import { materialiseSeries } from './flows/materialise-series.ts'

export const schedule = (deps: Deps): Record<string, Job> => ({
  'materialise-series': { cron: '7 1 * * *', run: async () => void (await materialiseSeries(deps)) },
})
