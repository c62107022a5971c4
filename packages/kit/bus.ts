import type { EventName } from '@repitbot/contracts/events'
import type { Inbox } from './consume.ts'
import type { Publisher } from './publisher.ts'

/** What carries events between services: a broker, or this process itself. */
export type Bus = {
  publisher(service: string): Publisher
  /** Gives the inbox everything said under its names; returns what stops it. */
  subscribe(service: string, inbox: Inbox): Promise<() => Promise<void>>
  /** Whether the broker answers. */
  state(): 'up' | 'down'
  close(): Promise<void>
}

/** Carries events between services of one process: handed over means every hearing service has handled it or keeps it. */
export function localBus(): Bus {
  const inboxes = new Set<Inbox>()
  return {
    publisher: () => ({
      async publish(batch) {
        for (const inbox of inboxes) {
          const heard = batch.filter(({ name }) => inbox.names.includes(name as EventName))
          if (heard.length) await inbox.accept(heard.map(({ envelope }) => envelope))
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
