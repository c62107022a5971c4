import { setTimeout as sleep } from 'node:timers/promises'
import type { ConnectedDeps } from '../deps.ts'
import { firstOffset, offsetAfter } from '../rules/poll-offset.ts'
import { storeUpdates } from './store-updates.ts'

const retryMs = 1_000

/** Polls Telegram for updates, or sets the webhook. Repeats after any error: a conflict ends when the other poller does. */
export function pollUpdates(deps: ConnectedDeps): { close(): Promise<void> } {
  const { telegram, webhookUrl, webhookSecret, log } = deps
  const closing = new AbortController()
  const { signal } = closing
  let logged = false
  const retryUntilDone = async (work: () => Promise<unknown>) => {
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
  const receive = async () => {
    if (webhookUrl)
      return retryUntilDone(() => telegram.setWebhook(`${webhookUrl.replace(/\/$/, '')}/telegram/webhook`, webhookSecret ?? ''))
    await retryUntilDone(() => telegram.deleteWebhook())
    let at = firstOffset(deps.now())
    while (!signal.aborted)
      await retryUntilDone(async () => {
        const updates = await telegram.getUpdates(at.offset, signal)
        await storeUpdates(deps, updates)
        // The next request confirms all updates before its offset, so it is sent only once they are stored.
        at = offsetAfter(at, updates, deps.now())
      })
  }
  const receiving = receive()
  return {
    async close() {
      closing.abort()
      await receiving
    },
  }
}
