import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { OpenDatabase } from './database.ts'
import type { Log } from './log.ts'
import type { ServiceMetrics } from './metrics.ts'
import { openPace } from './pace.ts'
import { connectionOptions, type DatabaseAddress } from './pool.ts'
import type { Publication, Publisher } from './publisher.ts'

const batchMax = 500
/** While the broker confirms one full batch the next is read and sent; small ones wait for each other and so grow with the load. */
const flightsMax = 3
/** The service that says most has some 320 events a second at the 200 lessons that must not wait. */
const pace = { perSecondMax: 400, gatherMs: 20 }
/** The net under the wake-ups, and the heartbeat of the lock's connection. */
const pollMs = 500
/** A relay that waited this long for the database may have lost its lock, and publishes nothing more. */
const silenceMsMax = 7_000
const standbyMs = 1_000

export type Relay = { wake(): void; drained(): Promise<void>; close(): Promise<void> }
export type RelayDeps = {
  service: string
  address: DatabaseAddress
  database: OpenDatabase
  publisher: Publisher
  log: Log
  metrics: ServiceMetrics
}

/**
 * Carries what the service has said from its outbox to the publisher: at least once, oldest first. Of all the service's processes one
 * relays, the one that holds the advisory lock; a process that dies or freezes loses it within 10 s to another.
 */
export function openRelay(deps: RelayDeps): Relay {
  const closing = new AbortController()
  let wake = () => {}
  let holding = false
  let notifyTimer: NodeJS.Timeout | undefined
  const wokenOr = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  /** Another process may hold the lock: tell it, outside any transaction and at most every 20 ms. */
  const notify = () => {
    notifyTimer ??= setTimeout(() => {
      notifyTimer = undefined
      if (!closing.signal.aborted) deps.database.pool.query(`notify outbox_${deps.service}`).catch(() => {})
    }, 20)
  }
  let pending = false
  const woken = () => {
    pending = true
    wake()
  }
  deps.database.onPublish(() => (holding ? woken() : notify()))

  const depart = (batch: Publication[]): Flight => {
    const flight: Flight = { batch }
    deps.publisher
      .publish(batch)
      .then(
        (safe) => (flight.safe = safe),
        (error: unknown) => (flight.fault = error instanceof Error ? error : new Error(String(error))),
      )
      .finally(woken)
    return flight
  }

  const relayed = async (client: pg.Client) => {
    /** What no queue took: set aside until the next look, so that it does not stand in the way of the rest. */
    let aside: string[] = []
    let flights: Flight[] = []
    let full = false
    const gatheringMs = openPace(pace)
    while (!closing.signal.aborted || flights.length) {
      pending = false
      const { safe, refused } = landed(flights)
      flights = flights.filter((flight) => !flight.safe)
      deps.metrics.published(safe.length)
      aside = aside.concat(refused)
      const room = !closing.signal.aborted && (flights.length === 0 || (full && flights.length < flightsMax))
      if (room || safe.length) {
        const askedAt = Date.now()
        const passed = [...aside, ...flights.flatMap(({ batch }) => batch.map(({ seq }) => seq)), ...safe]
        const batch = await markedAndRead(client, { safe, passed, limit: room ? batchMax : 0 })
        if (Date.now() - askedAt > silenceMsMax) throw new Error('The lock may be lost: the database was silent')
        if (room) full = batch.length === batchMax
        if (batch.length) flights.push(depart(batch))
        if (room && full && flights.length < flightsMax) continue
        const ms = gatheringMs(batch.length)
        if (ms) await sleep(ms)
      }
      if (!pending) await wokenOr(pollMs)
      if (!pending) aside = []
    }
  }

  const run = async () => {
    while (!closing.signal.aborted) {
      const client = lockClient(deps, woken)
      let faulty = false
      try {
        await client.connect()
        while (!closing.signal.aborted && !holding) {
          holding = await locked(client, deps.service)
          if (!holding) await wokenOr(standbyMs)
        }
        if (holding) await relayed(client)
      } catch (error) {
        deps.log.warn({ error: String(error) }, 'The outbox waits: it could not be relayed')
        faulty = true
      } finally {
        holding = false
        await client.end().catch(() => {})
      }
      // The lock is free meanwhile, for a process that has a way to the broker; what is said in this one wakes nothing here.
      if (faulty) await sleep(standbyMs, undefined, { signal: closing.signal }).catch(() => {})
    }
  }
  const running = run()

  return {
    wake: woken,
    async drained() {
      while (await isWaiting(deps.database.pool)) {
        woken()
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    },
    async close() {
      closing.abort()
      clearTimeout(notifyTimer)
      wake()
      await running
    },
  }
}

/** The connection that holds the lock, reads and marks; the server frees the lock soon when this process freezes. */
function lockClient({ address, service, log }: RelayDeps, woken: () => void) {
  const client = new pg.Client({
    ...connectionOptions(address, service),
    connectionTimeoutMillis: 2_000,
    query_timeout: 5_000,
    statement_timeout: 10_000,
    idle_in_transaction_session_timeout: 10_000,
    keepAlive: true,
  })
  client.on('error', (error) => log.debug({ error: String(error) }, 'The outbox connection failed'))
  client.on('notification', woken)
  return client
}

async function locked(client: pg.Client, service: string) {
  await client
    .query('set idle_session_timeout = 10000; set tcp_user_timeout = 10000; set client_connection_check_interval = 2000')
    .catch(() => {})
  // A mark that a crash forgets only says an event again; what was said is in the transactions of those who said it.
  await client.query('set synchronous_commit = off')
  // The statement is planned once, perhaps while the outbox is empty. Along its indexes, which forget what was published, it stays quick.
  await client.query('set plan_cache_mode = force_generic_plan')
  await client.query('set enable_seqscan = off; set enable_bitmapscan = off; set enable_nestloop = off; set enable_mergejoin = off')
  const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock(hashtext($1)) as held', [`outbox_${service}`])
  if (rows[0]?.held) await client.query(`listen outbox_${service}`)
  return rows[0]?.held ?? false
}

/** A batch on its way: `safe` once the broker has answered for it, `fault` when it could not be handed over. */
type Flight = { batch: Publication[]; safe?: string[]; fault?: Error }

function landed(flights: Flight[]): { safe: string[]; refused: string[] } {
  const outcome: { safe: string[]; refused: string[] } = { safe: [], refused: [] }
  for (const { batch, safe, fault } of flights) {
    if (fault) throw fault
    if (!safe) continue
    outcome.safe.push(...safe)
    const taken = new Set(safe)
    if (taken.size < batch.length) outcome.refused.push(...batch.flatMap(({ seq }) => (taken.has(seq) ? [] : [seq])))
  }
  return outcome
}

/** Marks what is safe and reads what is next, passing by what is on its way: one statement for both. */
const markedAndRead = async (client: pg.Client, { safe, passed, limit }: { safe: string[]; passed: string[]; limit: number }) =>
  (
    await client.query<Publication>({
      name: 'mark-and-read',
      text: `with marked as (update outbox set published_at = now() where seq = any ($1::bigint[]))
        select o.seq, o.id, o.name, o.envelope from (
          select seq, id, name, envelope from outbox where published_at is null
          order by seq limit case when $3 > 0 then $3 + cardinality($2::bigint[]) else 0 end
        ) o
        where not exists (select from unnest($2::bigint[]) as p (seq) where p.seq = o.seq) order by o.seq limit $3`,
      values: [safe, passed, limit],
    })
  ).rows

const isWaiting = async (pool: pg.Pool) => (await pool.query('select from outbox where published_at is null limit 1')).rowCount === 1
