import type { Job } from '@repitbot/kit/service'
import { pollUpdates } from './flows/poll-updates.ts'
import { showCommands } from './flows/show-commands.ts'
import { workUpdates } from './flows/work-updates.ts'
import { type Inside, isSpeaking } from './inside.ts'

export const schedule = (inside: Inside): Record<string, Job> => ({
  tidyUpdates: { cron: '17 * * * *', run: () => inside.store.tidyUpdates() },
})

/** Hears Telegram and answers what was said, while the service is open. */
export function runs(inside: Inside): { close(): Promise<void> } {
  if (!isSpeaking(inside)) return { close: async () => {} }
  const working = workUpdates(inside)
  const hearing = pollUpdates(inside)
  void showCommands(inside)
  return {
    async close() {
      await hearing.close()
      await working.close()
    },
  }
}
