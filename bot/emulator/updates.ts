import { setTimeout as wait } from 'node:timers/promises'
import { refuse } from './refusal.ts'

export type Update = { update_id: number } & Record<string, unknown>
export type Webhook = { url: string; secret?: string }
export type Updates = ReturnType<typeof openUpdates>

const retryMs = 200
const webhookMsMax = 10_000

/** Updates that wait for the bot. Each stays until a later offset confirms it, or until the webhook answers 2xx. */
export function openUpdates(firstId: number) {
  let waiting: Update[] = []
  let lastId = firstId
  let webhook: Webhook | undefined
  let polling: { wake(): void; end(conflict: boolean): void } | undefined
  let closed = false
  let beganAnew = false
  let polls = 0

  /** One at a time and in order, each repeated until it is accepted, as Telegram does. */
  const deliver = async (to: Webhook) => {
    while (!closed && webhook === to && waiting[0]) {
      const update = waiting[0]
      const headers = { 'content-type': 'application/json', ...(to.secret && { 'x-telegram-bot-api-secret-token': to.secret }) }
      const signal = AbortSignal.timeout(webhookMsMax)
      const answer = await fetch(to.url, { method: 'POST', headers, body: JSON.stringify(update), signal }).catch(() => undefined)
      await answer?.body?.cancel()
      if (answer?.ok) waiting = waiting.filter((one) => one !== update)
      else await wait(retryMs)
    }
    if (webhook === to) delivering = false
  }
  let delivering = false
  const push = () => {
    polling?.wake()
    if (!webhook || delivering) return
    delivering = true
    void deliver(webhook)
  }
  return {
    add: (update: Record<string, unknown>) => {
      waiting.push({ update_id: ++lastId, ...update })
      push()
    },
    count: () => waiting.length,
    /** How often the bot asked. */
    polls: () => polls,
    /** The next ids begin here, also lower than before, as Telegram's do after a week without updates. */
    beginAnew: (firstId: number) => {
      lastId = firstId
      beganAnew = true
    },
    webhook: () => webhook,
    setWebhook: (to: Webhook | undefined, dropPending: boolean) => {
      webhook = to
      delivering = false
      if (dropPending) waiting = []
      push()
    },
    /** A newer poller ends the older one, which gets 409. */
    poll: async ({ offset, limit, timeoutSeconds }: { offset: number; limit: number; timeoutSeconds: number }): Promise<Update[]> => {
      if (webhook)
        refuse(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
      polling?.end(true)
      polls++
      // An offset from before the ids began anew confirms none of the new ones.
      if (offset > 0 && !(beganAnew && offset > lastId + 1)) waiting = waiting.filter(({ update_id }) => update_id >= offset)
      if (waiting.length === 0 && timeoutSeconds > 0) {
        const conflict = await new Promise<boolean>((resolve) => {
          const timer = setTimeout(() => resolve(false), timeoutSeconds * 1000)
          polling = { wake: () => resolve(false), end: resolve }
          timer.unref()
        })
        if (conflict) refuse(409, 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running')
        polling = undefined
      }
      return waiting.slice(0, limit)
    },
    close: () => {
      closed = true
      polling?.end(false)
    },
  }
}
