import pg from 'pg'
import type { Log } from './log.ts'
import { connectionOptions, type DatabaseAddress } from './pool.ts'
import type { Publication } from './publisher.ts'

/** The relay's own connection: it holds the lock, reads the outbox and marks it. The server frees the lock soon when this process freezes. */
export function openOutboxConnection({ address, service, log }: { address: DatabaseAddress; service: string; log: Log }, wake: () => void) {
  const client = new pg.Client({
    ...connectionOptions(address, service),
    connectionTimeoutMillis: 2_000,
    query_timeout: 5_000,
    statement_timeout: 10_000,
    idle_in_transaction_session_timeout: 10_000,
    keepAlive: true,
  })
  client.on('error', (error) => log.debug({ error: String(error) }, 'The outbox connection failed'))
  client.on('notification', wake)
  return client
}

/** Tries to become the one process of the service that relays; true when the lock was free, and then it listens for notifications. */
export async function tryLock(client: pg.Client, service: string): Promise<boolean> {
  await client
    .query('set idle_session_timeout = 10000; set tcp_user_timeout = 10000; set client_connection_check_interval = 2000')
    .catch(() => {})
  // A mark that is lost in a crash only publishes an event again; the event itself was committed by the transaction that published it.
  await client.query('set synchronous_commit = off')
  // The statement is planned once, perhaps while the outbox is empty. Along its indexes, which do not hold published rows, it stays quick.
  await client.query('set plan_cache_mode = force_generic_plan')
  await client.query('set enable_seqscan = off; set enable_bitmapscan = off; set enable_nestloop = off; set enable_mergejoin = off')
  const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock(hashtext($1)) as held', [`outbox_${service}`])
  if (rows[0]?.held) await client.query(`listen outbox_${service}`)
  return rows[0]?.held ?? false
}

/** Marks what is safe and reads the next `limit` events, except those in `except`: one statement for both. */
export const markAndRead = async (client: pg.Client, { safe, except, limit }: { safe: string[]; except: string[]; limit: number }) =>
  (
    await client.query<Publication>({
      name: 'mark-and-read',
      text: `with marked as (update outbox set published_at = now() where seq = any ($1::bigint[]))
        select o.seq, o.id, o.name, o.envelope from (
          select seq, id, name, envelope from outbox where published_at is null
          order by seq limit case when $3 > 0 then $3 + cardinality($2::bigint[]) else 0 end
        ) o
        where not exists (select from unnest($2::bigint[]) as p (seq) where p.seq = o.seq) order by o.seq limit $3`,
      values: [safe, except, limit],
    })
  ).rows

/** Whether any event waits to be published. */
export const isWaiting = async (pool: pg.Pool) => (await pool.query('select from outbox where published_at is null limit 1')).rowCount === 1
