import type { Jobs } from '@repitbot/kit/job'
import { type Deps, isConnected } from './deps.ts'
import { pollUpdates } from './flows/poll-updates.ts'
import { showCommands } from './flows/show-commands.ts'
import { workUpdates } from './flows/work-updates.ts'

export const jobs = (deps: Deps): Jobs => ({
  tidyUpdates: { cron: '17 * * * *', run: () => deps.store.tidyUpdates() },
})

/** Receives updates from Telegram and answers them while the service is open. */
export function runs(deps: Deps): { close(): Promise<void> } {
  if (!isConnected(deps)) return { close: async () => {} }
  const worker = workUpdates(deps)
  const polling = pollUpdates(deps)
  void showCommands(deps)
  return {
    async close() {
      await polling.close()
      await worker.close()
    },
  }
}
