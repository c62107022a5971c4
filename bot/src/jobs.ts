import type { Jobs } from '@repitbot/kit/job'
import { type Deps, isSpeaking } from './deps.ts'
import { pollUpdates } from './flows/poll-updates.ts'
import { showCommands } from './flows/show-commands.ts'
import { workUpdates } from './flows/work-updates.ts'

export const jobs = (deps: Deps): Jobs => ({
  tidyUpdates: { cron: '17 * * * *', run: () => deps.store.tidyUpdates() },
})

/** Hears Telegram and answers what was said, while the service is open. */
export function runs(deps: Deps): { close(): Promise<void> } {
  if (!isSpeaking(deps)) return { close: async () => {} }
  const working = workUpdates(deps)
  const hearing = pollUpdates(deps)
  void showCommands(deps)
  return {
    async close() {
      await hearing.close()
      await working.close()
    },
  }
}
