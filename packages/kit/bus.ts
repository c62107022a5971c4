import type { EventName } from '@repitbot/contracts/events'
import type { Inbox } from './consume.ts'
import type { Publisher } from './publisher.ts'

/** Carries events between services: through a broker, or inside this process. */
export type Bus = {
  publisher(service: string): Publisher
  /** Feeds the inbox with every event that it consumes; returns the function that stops it. */
  subscribe(service: string, inbox: Inbox): Promise<() => Promise<void>>
  /** Whether the broker answers. */
  state(): 'up' | 'down'
  close(): Promise<void>
}

/** Carries events between services of one process. A published event has been handled by every consuming service, or stored there for a retry. */
export function localBus(): Bus {
  const inboxes = new Set<Inbox>()
  return {
    publisher: () => ({
      async publish(batch) {
        for (const inbox of inboxes) {
          const consumed = batch.filter(({ name }) => inbox.names.includes(name as EventName))
          if (consumed.length) await inbox.accept(consumed.map(({ envelope }) => envelope))
        }
        return batch.map(({ seq }) => seq)
      },
    }),
    async subscribe(_service, inbox) {
      inboxes.add(inbox)
      return async () => void inboxes.delete(inbox)
    },
    state: () => 'up',
    close: async () => inboxes.clear(),
  }
}
