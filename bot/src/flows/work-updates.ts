import { withContext } from '@repitbot/kit/context'
import type { ConnectedDeps } from '../deps.ts'
import type { Incoming } from '../rules/incoming.ts'
import { handleUpdate, replyWithFault } from './handle-update.ts'

/** How many chats are answered at the same time. */
const chatsMax = 8
/** Besides the wake-ups, for updates that another process stored or a dead one left. */
const pollMs = 500
const renewMs = 1_500
const failuresMax = 5
const firstDelayMs = 1_000

/** Handles stored updates: in a chat one after the other, each until it is done or has failed too often. */
export function workUpdates(deps: ConnectedDeps): { close(): Promise<void> } {
  const { store, log, worker } = deps
  const working = new Map<number, Promise<void>>()
  let closed = false
  let leasing: Promise<void> | undefined
  let again = false

  const work = async (incoming: Incoming) => {
    const { updateId, failures } = incoming
    try {
      await withContext({ correlationId: `telegram-${updateId}` }, () => handleUpdate(deps, incoming))
      await store.closeUpdate(updateId)
    } catch (error) {
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error)
      // What Telegram refuses it refuses each time, and until this update is done no other of its chat is answered.
      const last = failures + 1 >= failuresMax || deps.telegram.isRefused(error)
      log[last ? 'error' : 'warn']({ updateId, error: reason }, last ? 'An update is given up' : 'An update will be tried again')
      if (!last) return store.postponeUpdate(updateId, reason, firstDelayMs * 4 ** failures)
      await replyWithFault(deps, incoming)
      await store.closeUpdate(updateId, reason)
    }
  }
  const leaseMore = async () => {
    do {
      again = false
      const free = chatsMax - working.size
      if (free <= 0 || closed) return
      for (const incoming of await store.leaseUpdates(free)) {
        const done = work(incoming)
          // The lease runs out and the update is handled again.
          .catch((error: unknown) => log.warn({ error: String(error) }, 'An update waits for the store'))
          .finally(() => {
            working.delete(incoming.updateId)
            wake()
          })
        working.set(incoming.updateId, done)
        again = true
      }
    } while (again)
  }
  const wake = () => {
    again = true
    leasing ??= leaseMore()
      .catch((error: unknown) => log.debug({ error: String(error) }, 'Updates wait for the store'))
      .finally(() => (leasing = undefined))
  }
  worker.wake = wake
  const timer = setInterval(wake, pollMs)
  const renewing = setInterval(() => {
    if (working.size) store.renewLeases([...working.keys()]).catch(() => {})
  }, renewMs)
  wake()
  return {
    async close() {
      closed = true
      clearInterval(timer)
      await leasing
      await Promise.all(working.values())
      clearInterval(renewing)
      worker.wake = () => {}
    },
  }
}
