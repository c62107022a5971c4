import type { Ground } from '@repitbot/kit/house'
import type { Channel } from './rules/channel.ts'
import { openStore } from './store/open-store.ts'

/** What the house's doors and flows are handed. */
export function open({ database, now, signals, log }: Ground, channels: Channel[]) {
  /** What wakes the open streams of each reader in this process. */
  const watchers = new Map<string, Set<() => void>>()
  signals.listen('inbox', (message) => {
    const { recipients = [] } = message as { recipients?: string[] }
    for (const id of recipients) for (const wake of watchers.get(id) ?? []) wake()
  })
  return { store: openStore(database), now, signals, log, channels, watchers }
}
export type Inside = ReturnType<typeof open>
export type { Unit } from './store/open-store.ts'
export type { StoredNotice } from './store/reading.ts'
