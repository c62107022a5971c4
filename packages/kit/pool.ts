import pg from 'pg'
import { isCertificateFault } from './certificate.ts'

/** Where a service's role finds its schema. */
export type DatabaseAddress = { host: string; port: number; database: string; user: string; password: string; ssl?: boolean }

pg.types.setTypeParser(pg.types.builtins.DATE, String)

/** The most connections a service's pool opens; with the relay's own it stays within 8 a process. */
const connectionsMax = 6
/** Together below the 3 s in which a request is answered even when the database is frozen. */
const connectMsMax = 1200
const statementMsMax = 1500

/** What a connection of a service is opened with: its own schema comes first. */
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
      // A pool whose connections are all in use is busy; it can be reached all the same.
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
/** Two transactions are in each other's way (deadlock, serialization): running the whole of one again helps. */
export const isClash = (error: unknown) => ['40P01', '40001'].includes(codeOf(error))
/** The database refused for now: a lock or statement took too long, or there are too many connections. */
export const isBusy = (error: unknown) => ['55P03', '57014', '53300'].includes(codeOf(error))
/** The connection is gone or no longer answers. */
export const isLost = (error: unknown) =>
  /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|08|57P0|25P0[34])/.test(codeOf(error)) ||
  isCertificateFault(codeOf(error)) ||
  /Connection terminated|timeout|not queryable|Client was closed/i.test(error instanceof Error ? error.message : '')

/** The code of a database's refusal, such as 23505 for a unique key or 23P01 for an exclusion; and the constraint it names. */
export function refusedBy(error: unknown): { code: string; constraint: string | undefined } {
  const { constraint, parent } = error as { constraint?: string; parent?: { constraint?: string } }
  return { code: codeOf(error), constraint: parent?.constraint ?? constraint }
}
