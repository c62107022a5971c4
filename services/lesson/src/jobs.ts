import type { Jobs } from '@repitbot/kit/job'
import type { Deps } from './deps.ts'
import { materialiseSeries } from './flows/materialise-series.ts'
import { sealNotes } from './flows/seal-notes.ts'

export const jobs = (deps: Deps): Jobs => ({
  'materialise-series': { cron: '7 1 * * *', run: async () => void (await materialiseSeries(deps)), inDemo: true },
  /** For what the release before has written, also during an upgrade; goes with the column `private_note`. */
  'seal-notes': { cron: '*/10 * * * *', run: () => sealNotes(deps) },
  /** What stood before a change is kept no longer than the change can be taken back. */
  'forget-formers': { cron: '37 * * * *', run: () => deps.store.forgetFormers() },
})
