import type { Job } from '@repitbot/kit/service'
import { closeDays } from './flows/close-days.ts'
import { lookAtRisks } from './flows/look-at-risks.ts'
import type { Inside } from './inside.ts'

/** Some zones begin their day at a half or a quarter of an hour. */
export const schedule = (inside: Inside): Record<string, Job> => ({
  'close-days': { cron: '*/15 * * * *', run: async () => void (await closeDays(inside)) },
  'look-at-risks': { cron: '*/15 * * * *', run: () => lookAtRisks(inside) },
})
