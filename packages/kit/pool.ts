import pg from 'pg'
import { isCertificateFault } from './certificate.ts'

/** Where and as whom a service connects to Postgres. */
export type DatabaseAddress = { host: string; port: number; database: string; user: string; password: string; ssl?: boolean }

pg.types.setTypeParser(pg.types.builtins.DATE, String)

/** The most connections of a service's pool; with that of the relay a process has fewer than 8. */
const connectionsMax = 6
/** Together less than 3 s, the time in which a request is answered even when the database is frozen. */
const connectMsMax = 1200
const statementMsMax = 1500

/** The options of every connection of a service: its own schema comes first. */
export const connectionOptions = (address: DatabaseAddress, service: string) => ({
  ...address,
  options: `-c search_path=${service},public`,
  application_name: service,
})

/** Opens the pool of a service as its runtime role. */
export function openPool(service: string, address: DatabaseAddress, poolMax = connectionsMax): pg.Pool {
  const pool = new pg.Pool({
    ...connectionOptions(address, service),
    max: poolMax,
    pipeline: true,
    connectionTimeoutMillis: connectMsMax,
    query_timeout: statementMsMax,
    statement_timeout: statementMsMax,
    lock_timeout: statementMsMax,
    idle_in_transaction_session_timeout: 10_000,
    keepAlive: true,
  })
  // Without a listener an idle connection that breaks would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/**
 * Returns a function that takes a connection from the pool. While the database cannot be reached, one caller at a time tries to connect
 * and the others wait for the outcome: hundreds of abandoned connections would keep the database busy when it comes back.
 */
export function connectionGate(pool: pg.Pool): () => Promise<pg.PoolClient> {
  let unreachable = false
  let probe: Promise<pg.PoolClient> | undefined
  const connect = async () => {
    try {
      const client = await pool.connect()
      unreachable = false
      return client
    } catch (error) {
      // When all connections are in use the pool is busy, but the database can be reached.
      unreachable = !/timeout exceeded/.test(String(error))
      throw error
    }
  }
  return async () => {
    if (!unreachable) return connect()
    if (probe) {
      await probe
      return connect()
    }
    probe = connect()
    try {
      return await probe
    } finally {
      probe = undefined
    }
  }
}

const codeOf = (error: unknown) => {
  const { code, parent } = error as { code?: string; parent?: { code?: string } }
  return parent?.code ?? code ?? ''
}
/** Two transactions conflict (deadlock, serialization): running one of them again from the start helps. */
export const isClash = (error: unknown) => ['40P01', '40001'].includes(codeOf(error))
/** The database refused for the moment: a lock or a statement took too long, or there are too many connections. */
export const isBusy = (error: unknown) => ['55P03', '57014', '53300'].includes(codeOf(error))
/** The connection is closed or no longer answers. */
export const isLost = (error: unknown) =>
  /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|08|57P0|25P0[34])/.test(codeOf(error)) ||
  isCertificateFault(codeOf(error)) ||
  /Connection terminated|timeout|not queryable|Client was closed/i.test(error instanceof Error ? error.message : '')

/** The SQLSTATE of a database error, such as 23505 for a unique key or 23P01 for an exclusion, and the constraint that it names. */
export function refusedBy(error: unknown): { code: string; constraint: string | undefined } {
  const { constraint, parent } = error as { constraint?: string; parent?: { constraint?: string } }
  return { code: codeOf(error), constraint: parent?.constraint ?? constraint }
}
