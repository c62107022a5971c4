import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { OpenDatabase } from './database.ts'
import type { Log } from './log.ts'
import type { ServiceMetrics } from './metrics.ts'
import { isWaiting, markAndRead, openOutboxConnection, tryLock } from './outbox-connection.ts'
import { openPace } from './pace.ts'
import type { DatabaseAddress } from './pool.ts'
import type { Publication, Publisher } from './publisher.ts'
import { openNotifier, openWaker } from './wake.ts'

const batchMax = 500
/** While the broker confirms one full batch the next is read and sent; small batches wait for each other and so grow with the load. */
const unconfirmedMax = 3
/** The service that publishes most has about 320 events a second at 200 lessons a second, the load at which no event may wait. */
const pace = { perSecondMax: 400, gatherMs: 20 }
/** The longest sleep of an idle relay: it makes up for a lost notification, and keeps the connection of the lock from being closed as idle. */
const pollMs = 500
/** A relay that waited this long for the database may have lost its lock, so it stops publishing. */
const silenceMsMax = 7_000
const standbyMs = 1_000

/**
 * The states of a relay, each with those that may follow it; a step that returns any other does not compile. When a step throws, the next
 * state is `recovering`.
 * - `standby`: another process holds the lock of this service's outbox; the lock is tried every second.
 * - `reading`: marks what the broker has confirmed, reads the next batch and sends it. Repeats at once while batches are full.
 * - `confirming`: batches are sent, and nothing is read until the broker has answered for one of them.
 * - `idle`: nothing is sent and unconfirmed; waits for a commit with events, or for the poll.
 * - `recovering`: the lock is released for a second, so that a process that can reach the broker may take it.
 * - `closed`: the end, once everything sent is confirmed and marked.
 */
const following = {
  standby: ['standby', 'reading', 'closed'],
  reading: ['reading', 'confirming', 'idle', 'closed'],
  confirming: ['confirming', 'reading'],
  idle: ['reading', 'closed'],
  recovering: ['standby', 'closed'],
} as const
type Step = keyof typeof following
type Next<S extends Step> = (typeof following)[S][number]

export type Relay = { wake(): void; waitUntilPublished(): Promise<void>; close(): Promise<void> }
export type RelayDeps = {
  service: string
  address: DatabaseAddress
  database: OpenDatabase
  publisher: Publisher
  log: Log
  metrics: ServiceMetrics
}

/** A batch sent to the broker: `safe` once the broker has answered, `fault` when it could not be sent. */
type Batch = { events: Publication[]; safe?: string[]; fault?: Error }
/** The state of the process that holds the lock; dropped with the lock. */
type Work = {
  client: pg.Client
  unconfirmed: Batch[]
  /** Events that no queue is bound to: skipped until a quiet poll, so that they do not block the others. */
  refused: string[]
  /** Whether the last batch was full, so that there are probably more events. */
  full: boolean
  restMs: (events: number) => number
}

/**
 * Sends the events of a service's outbox to the publisher: at least once, oldest first. Only one process of the service relays, the one
 * that holds the advisory lock; when it dies or freezes, another gets the lock within 10 s.
 */
export function openRelay(deps: RelayDeps): Relay {
  const { database, service, log } = deps
  const waker = openWaker()
  const closing = new AbortController()
  const isClosing = () => closing.signal.aborted
  let client: pg.Client | undefined
  let work: Work | undefined

  const notifier = openNotifier(database.pool, service)
  database.onPublish(() => (work ? waker.wake() : notifier.notify()))

  const steps: { [S in Step]: () => Promise<Next<S>> } = {
    async standby() {
      if (!client) {
        client = openOutboxConnection(deps, waker.wake)
        await client.connect()
      }
      if (isClosing()) return 'closed'
      if (!(await tryLock(client, service))) {
        await waker.sleep(standbyMs)
        return isClosing() ? 'closed' : 'standby'
      }
      work = { client, unconfirmed: [], refused: [], full: false, restMs: openPace(pace) }
      return 'reading'
    },
    reading: () => read(holderOf(work), deps, { waker, isClosing }),
    async confirming() {
      const { unconfirmed } = holderOf(work)
      if (!(await waker.sleep(pollMs))) holderOf(work).refused = []
      return unconfirmed.some(isAnswered) ? 'reading' : 'confirming'
    },
    async idle() {
      if (!(await waker.sleep(pollMs))) holderOf(work).refused = []
      return isClosing() ? 'closed' : 'reading'
    },
    async recovering() {
      await sleep(standbyMs, undefined, { signal: closing.signal }).catch(() => {})
      return isClosing() ? 'closed' : 'standby'
    },
  }
  const releaseLock = async () => {
    work = undefined
    await client?.end().catch(() => {})
    client = undefined
  }
  const run = async () => {
    let state: Step | 'closed' = 'standby'
    while (state !== 'closed') {
      try {
        state = await steps[state]()
      } catch (error) {
        log.warn({ error: String(error) }, 'The outbox waits: it could not be relayed')
        await releaseLock()
        state = 'recovering'
      }
    }
    await releaseLock()
  }
  const running = run()

  return {
    wake: waker.wake,
    async waitUntilPublished() {
      while (await isWaiting(database.pool)) {
        waker.wake()
        await sleep(5)
      }
    },
    async close() {
      closing.abort()
      notifier.close()
      waker.wake()
      await running
    },
  }
}

function holderOf(work: Work | undefined): Work {
  if (!work) throw new Error('Only the holder of the lock may read the outbox')
  return work
}

type Loop = { waker: { wake(): void; clear(): void }; isClosing: () => boolean }

/** One step of `reading`. Reads when nothing is unconfirmed, or while batches are full; otherwise it only marks. */
async function read(work: Work, { publisher, metrics }: RelayDeps, { waker, isClosing }: Loop): Promise<Next<'reading'>> {
  waker.clear()
  const safe = takeAnswered(work)
  metrics.countPublished(safe.length)
  const hasRoom = () => work.unconfirmed.length === 0 || (work.full && work.unconfirmed.length < unconfirmedMax)
  const readsMore = !isClosing() && hasRoom()
  let count = 0
  if (readsMore || safe.length) {
    const except = [...work.refused, ...work.unconfirmed.flatMap(({ events }) => events.map(({ seq }) => seq)), ...safe]
    const startedAt = Date.now()
    const events = await markAndRead(work.client, { safe, except, limit: readsMore ? batchMax : 0 })
    if (Date.now() - startedAt > silenceMsMax) throw new Error('The lock may be lost: the database was silent')
    count = events.length
    if (readsMore) work.full = count === batchMax
    if (count) work.unconfirmed.push(sendBatch(publisher, events, waker.wake))
    if (readsMore && work.full && hasRoom()) return 'reading'
    const ms = work.restMs(count)
    if (ms) await sleep(ms)
  }
  if (work.unconfirmed.length) return 'confirming'
  return isClosing() ? 'closed' : 'idle'
}

function sendBatch(publisher: Publisher, events: Publication[], wake: () => void): Batch {
  const batch: Batch = { events }
  publisher
    .publish(events)
    .then(
      (safe) => (batch.safe = safe),
      (error: unknown) => (batch.fault = error instanceof Error ? error : new Error(String(error))),
    )
    .finally(wake)
  return batch
}

const isAnswered = ({ safe, fault }: Batch) => safe !== undefined || fault !== undefined

/** Removes the batches that the broker has answered for. Returns the events that are safe; adds those that no queue is bound to to `refused`. */
function takeAnswered(work: Work): string[] {
  const published: string[] = []
  for (const { events, safe, fault } of work.unconfirmed) {
    if (fault) throw fault
    if (!safe) continue
    published.push(...safe)
    const confirmed = new Set(safe)
    const refused = events.flatMap(({ seq }) => (confirmed.has(seq) ? [] : [seq]))
    if (refused.length) work.refused = [...work.refused, ...refused]
  }
  work.unconfirmed = work.unconfirmed.filter(({ safe }) => !safe)
  return published
}
