import type { Job } from '@repitbot/kit/service'
import { materialiseSeries } from './flows/materialise-series.ts'
import type { Inside } from './inside.ts'

export const schedule = (inside: Inside): Record<string, Job> => ({
  'materialise-series': { cron: '7 1 * * *', run: async () => void (await materialiseSeries(inside)) },
})
