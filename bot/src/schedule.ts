import type { Job } from '@repitbot/kit/service'
import { type Deps, isSpeaking } from './deps.ts'
import { pollUpdates } from './flows/poll-updates.ts'
import { showCommands } from './flows/show-commands.ts'
import { workUpdates } from './flows/work-updates.ts'

export const schedule = (deps: Deps): Record<string, Job> => ({
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
