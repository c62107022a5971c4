import { setTimeout as sleep } from 'node:timers/promises'
import type { Speaking } from '../deps.ts'
import { takeUpdates } from './take-updates.ts'

const retryMs = 1_000

/** Asks Telegram for updates, or tells it where to bring them; tries again whatever goes wrong: a conflict ends when the other one does. */
export function pollUpdates(deps: Speaking): { close(): Promise<void> } {
  const { telegram, webhookUrl, webhookSecret, log } = deps
  const closing = new AbortController()
  const { signal } = closing
  let logged = false
  const persist = async (work: () => Promise<unknown>) => {
    while (!signal.aborted) {
      try {
        await work()
        logged = false
        return
      } catch (error) {
        if (signal.aborted) return
        if (!logged) log.warn({ error: String(error) }, 'Telegram does not answer as it should; asking again')
        logged = true
        await sleep(retryMs, undefined, { signal }).catch(() => {})
      }
    }
  }
  const hear = async () => {
    if (webhookUrl) return persist(() => telegram.setWebhook(`${webhookUrl.replace(/\/$/, '')}/telegram/webhook`, webhookSecret ?? ''))
    await persist(() => telegram.deleteWebhook())
    let offset = 0
    while (!signal.aborted)
      await persist(async () => {
        const updates = await telegram.getUpdates(offset, signal)
        await takeUpdates(deps, updates)
        // The next question confirms all before it, so it is asked only once they are kept.
        offset = Math.max(offset, ...updates.map(({ update_id }) => update_id + 1))
      })
  }
  const hearing = hear()
  return {
    async close() {
      closing.abort()
      await hearing
    },
  }
}
