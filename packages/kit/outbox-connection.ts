import pg from 'pg'
import type { Log } from './log.ts'
import { connectionOptions, type DatabaseAddress } from './pool.ts'
import type { Publication } from './publisher.ts'

/** The connection of the relay: it holds the lock, reads the outbox and marks it. Short timeouts free the lock soon when this process freezes. */
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

/** Tries to become the one relaying process of the service. Returns true when the lock was free; then it also listens for notifications. */
export async function tryLock(client: pg.Client, service: string): Promise<boolean> {
  await client
    .query('set idle_session_timeout = 10000; set tcp_user_timeout = 10000; set client_connection_check_interval = 2000')
    .catch(() => {})
  // A mark that is lost in a crash only causes a second publication; the event itself was committed by its transaction.
  await client.query('set synchronous_commit = off')
  // The plan is made once, perhaps while the outbox is empty. Index scans stay fast, because the index holds only unpublished rows.
  await client.query('set plan_cache_mode = force_generic_plan')
  await client.query('set enable_seqscan = off; set enable_bitmapscan = off; set enable_nestloop = off; set enable_mergejoin = off')
  const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock(hashtext($1)) as held', [`outbox_${service}`])
  if (rows[0]?.held) await client.query(`listen outbox_${service}`)
  return rows[0]?.held ?? false
}

/** Marks the `safe` events as published and reads the next `limit` events, except those in `except`, in one statement. */
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
