import type { Jobs } from '@repitbot/kit/job'
import type { Deps } from './deps.ts'
import { checkRisks } from './flows/check-risks.ts'
import { closeDays } from './flows/close-days.ts'

/** Every quarter of an hour, because some zones begin their day at a half or a quarter of an hour. */
export const jobs = (deps: Deps): Jobs => ({
  'close-days': { cron: '*/15 * * * *', run: async () => void (await closeDays(deps)), inDemo: true },
  'look-at-risks': { cron: '*/15 * * * *', run: () => checkRisks(deps), inDemo: true },
})
