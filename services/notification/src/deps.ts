import { randomUUIDv7 } from 'node:crypto'
import { context } from '@repitbot/kit/context'
import { keyFrom, letterSeal } from '@repitbot/kit/seal'
import type { Runtime } from '@repitbot/kit/service'
import type { Config } from './config.ts'
import type { Channel } from './rules/channel.ts'
import { openStore } from './store/open-store.ts'

/** What streams are woken for; also the topics of the signals. */
export type WakeTopic = 'inbox' | 'lessons'

/** What routes, consumers, jobs and flows are given. */
export function open({ database, now, signals, log, config }: Runtime<Config>, channels: Channel[]) {
  /** The open streams of each reader in this process. */
  const watchers = new Map<string, Set<(topic: WakeTopic) => void>>()
  for (const topic of ['inbox', 'lessons'] as const)
    signals.listen(topic, (message) => {
      const { recipients = [] } = message as { recipients?: string[] }
      for (const id of recipients) for (const wake of watchers.get(id) ?? []) wake(topic)
    })
  return {
    store: openStore(database, { signals, hasChannels: channels.length > 0 }),
    now,
    log,
    watchers,
    channels,
    publicUrl: config.PUBLIC_URL.replace(/\/$/, ''),
    unsubscribeKey: keyFrom(config.SERVICE_SECRET, 'unsubscribe'),
    letters: letterSeal(config.LETTER_SECRET ?? config.SERVICE_SECRET),
    /** Ids of notices that could not be rendered and are already logged by this process. */
    unreadable: new Set<string>(),
    /** The correlation id of the request, event or job that is being handled. */
    correlationId: () => context()?.correlationId ?? randomUUIDv7(),
  }
}
export type Deps = ReturnType<typeof open>
export type { StoredNotice } from './store/inbox.ts'
export type { Unit } from './store/open-store.ts'
