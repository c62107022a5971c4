import { randomUUIDv7 } from 'node:crypto'
import { context } from '@repitbot/kit/context'
import type { Ground } from '@repitbot/kit/house'
import { letterSeal } from '@repitbot/kit/seal'
import type { Config } from './config.ts'
import type { Channel } from './rules/channel.ts'
import { openStore } from './store/open-store.ts'

/** What the house's doors and flows are handed. */
export function open({ database, now, signals, log, config }: Ground<Config>, channels: Channel[]) {
  /** What wakes the open streams of each reader in this process. */
  const watchers = new Map<string, Set<() => void>>()
  signals.listen('inbox', (message) => {
    const { recipients = [] } = message as { recipients?: string[] }
    for (const id of recipients) for (const wake of watchers.get(id) ?? []) wake()
  })
  return {
    ...{ store: openStore(database), now, signals, log, watchers, channels },
    publicUrl: config.PUBLIC_URL.replace(/\/$/, ''),
    letters: letterSeal(config.HOUSE_SECRET),
    /** Of the request, event or job that is being handled. */
    correlationId: () => context()?.correlationId ?? randomUUIDv7(),
  }
}
export type Inside = ReturnType<typeof open>
export type { Unit } from './store/open-store.ts'
export type { StoredNotice } from './store/reading.ts'
