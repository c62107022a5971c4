import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUIDv7 } from 'node:crypto'
import type { NewEvent } from '@repitbot/contracts/events'
import pg from 'pg'
import { Sequelize, Transaction as SequelizeTransaction } from 'sequelize'
import { isOfCertificate } from './certificate.ts'
import { context } from './context.ts'
import { enveloped } from './envelope.ts'
import { Failure } from './failure.ts'

/** A migration is SQL, run once by the owner role inside the service's schema; old and new pods must both live with its outcome. */
export type Migration = { name: string; up: string }

export type Transaction = {
  /**
   * Runs one statement with $1, $2 ...; with a `name` it is prepared once a connection. Statements asked for together run in the order
   * of asking and travel together: await several by `Promise.all` where none needs another's answer.
   */
  query<Row = Record<string, unknown>>(sql: string, values?: unknown[], name?: string): Promise<Row[]>
  /** The same for a statement whose answer nobody needs: it travels with what comes next, and when it fails the transaction does. */
  send(sql: string, values?: unknown[], name?: string): void
  /** What Sequelize's methods take as `transaction`. */
  sequelize: SequelizeTransaction
  /**
   * Puts what is said into the outbox; it leaves the service after the commit. The school is the transaction's only one and the
   * correlation id the request's, unless named; a consumer's batch has many of both, so there each must be named.
   */
  publish(...said: NewEvent[]): void
  /** Asks for a job of this service's schedule at an instant; the same key replaces the earlier asking. */
  later(job: string, payload: Record<string, unknown>, when: { at: Date; key: string }): Promise<void>
  /** Asks for many in one statement; a batch of several schools and requests names the school and correlation id of each. */
  laterAll(job: string, asked: Later[]): Promise<void>
  /** Takes back what `later` asked for; nothing happens when it is not there. */
  notLater(...keys: string[]): Promise<void>
  /** Runs once the transaction is committed, and never when it is not: for wake-ups that may be lost with the process, never for facts. */
  after(run: () => void): void
}
export type Later = { payload: Record<string, unknown>; at: Date; key: string; schoolId?: string; correlationId?: string }

/** Whose rows a transaction sees: a school's, or those of a batch's several schools. Row-level security hides all others. */
export type Scope = { schoolId: string | string[] }

export type Database = {
  /** For tables.ts to define its tables on; every call needs `transaction: tx.sequelize`. */
  sequelize: Sequelize
  /**
   * Runs `work` in a transaction that sees only that school's rows. Inside a consumer's batch or an idempotent request it joins the
   * transaction already open, so run one work after the other, never in parallel; the statements of one may travel together. Throws
   * `unavailable` when the database does not answer in time.
   */
  transaction<T>(on: Scope, work: (tx: Transaction) => Promise<T>): Promise<T>
}

/** Where a service's role finds its schema. */
export type DatabaseAddress = { host: string; port: number; database: string; user: string; password: string; ssl?: boolean }
export type OpenDatabase = Database & {
  pool: pg.Pool
  /** Called after each commit that said something. */
  onPublish(heard: () => void): void
  close(): Promise<void>
}

pg.types.setTypeParser(pg.types.builtins.DATE, String)

/** The most connections a service's pool opens; with the relay's own it stays within 8 a process. */
const connectionsMax = 6
/** Together below the 3 s in which a request is answered even when the database is frozen. */
const connectMsMax = 1200
const statementMsMax = 1500
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export const addressed = (address: DatabaseAddress, service: string) => ({
  ...address,
  options: `-c search_path=${service},public`,
  application_name: service,
})

/** Opens a service's pool as its runtime role. What is said carries the time of `now`. */
export function openDatabase(service: string, address: DatabaseAddress, poolMax = connectionsMax, now = () => new Date()): OpenDatabase {
  const pool = new pg.Pool({
    ...addressed(address, service),
    max: poolMax,
    pipeline: true,
    connectionTimeoutMillis: connectMsMax,
    query_timeout: statementMsMax,
    statement_timeout: statementMsMax,
    lock_timeout: statementMsMax,
    idle_in_transaction_session_timeout: 10_000,
    keepAlive: true,
  })
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const sequelize = new Sequelize({
    dialect: 'postgres',
    // As a function: Sequelize copies all of its configuration, to the bottom, but functions.
    dialectModule: Object.assign(() => {}, { types: pg.types }),
    logging: false,
    define: { timestamps: false, underscored: true, freezeTableName: true },
  })
  const ambient = new AsyncLocalStorage<{ tx: Transaction; schools: string[] }>()
  const heard: (() => void)[] = []

  const connected = gated(pool)

  const once = async <T>(schools: string[], work: (tx: Transaction) => Promise<T>): Promise<T> => {
    const client = await connected()
    const open = opened(client, sequelize, { service, schools, now })
    let broken = true
    try {
      const outcome = await ambient.run({ tx: open.tx, schools }, () => work(open.tx))
      open.flush()
      const { command } = await open.asked('commit')
      if (open.fault()) throw open.fault()
      if (command !== 'COMMIT') throw new Error('A failed statement was swallowed, so the transaction was rolled back')
      broken = false
      if (open.said.length) for (const hear of heard) hear()
      for (const run of open.afterwards) run()
      return outcome
    } catch (error) {
      if (!isLost(error))
        broken = !(await client.query('rollback').then(
          () => true,
          () => false,
        ))
      throw open.fault() ?? error
    } finally {
      client.release(broken)
    }
  }

  return {
    sequelize,
    pool,
    async transaction(on, work) {
      const schools = [on.schoolId].flat()
      if (!schools.every((id) => uuid.test(id))) throw new Error('A school id is not a uuid')
      const joined = ambient.getStore()
      if (joined) {
        if (!schools.every((id) => joined.schools.includes(id))) throw new Error('A joined transaction names another school')
        return work(joined.tx)
      }
      for (let attempt = 1; ; attempt++) {
        try {
          return await once(schools, work)
        } catch (error) {
          if (attempt < 4 && isClash(error)) continue
          throw isLost(error) || isBusy(error) ? new Failure('unavailable', {}, { cause: error }) : error
        }
      }
    },
    onPublish: (hear) => heard.push(hear),
    close: () => pool.end(),
  }
}

/**
 * Takes a connection of the pool. While the database cannot be reached, one caller at a time tries it and the others share the outcome:
 * hundreds of abandoned connections would keep it busy when it comes back.
 */
function gated(pool: pg.Pool): () => Promise<pg.PoolClient> {
  let silent = false
  let trying: Promise<pg.PoolClient> | undefined
  const connected = async () => {
    try {
      const client = await pool.connect()
      silent = false
      return client
    } catch (error) {
      // A pool whose connections are all in use is busy, not cut off.
      silent = !/timeout exceeded/.test(String(error))
      throw error
    }
  }
  return async () => {
    if (!silent) return connected()
    if (trying) {
      await trying
      return connected()
    }
    trying = connected()
    try {
      return await trying
    } finally {
      trying = undefined
    }
  }
}

/**
 * Begins; the first statement travels with the one that does. Should that one fail, the first has run alone: row-level security then hides
 * every row of a school from it, and a table without that wall must not be written by it (see `markConsumedSql`).
 */
function opened(
  client: pg.PoolClient,
  sequelize: Sequelize,
  { service, schools, now }: { service: string; schools: string[]; now: () => Date },
) {
  const said: NewEvent[] = []
  const afterwards: (() => void)[] = []
  const jobs = `${service}_jobs`
  let fault: unknown
  /** What is asked in one turn leaves in one packet. */
  const asked = (text: string, values?: unknown[], name?: string) => {
    const { stream } = (client as unknown as pg.Client).connection
    stream.cork()
    process.nextTick(() => stream.uncork())
    return client.query({ text, values, name })
  }
  const sent = (...of: Parameters<typeof asked>) => {
    const answer = asked(...of)
    answer.catch((error: unknown) => (fault ??= error))
    return answer
  }
  const begun = sent(`begin; set local app.school = '${schools.join(',')}'`)
  const query = async <Row>(sql: string, values: unknown[] = [], name?: string) => {
    const [, { rows }] = await Promise.all([begun, asked(sql, values, name)])
    return rows as Row[]
  }
  const tx: Transaction = {
    query,
    send: (...of) => void sent(...of),
    sequelize: Object.assign(new SequelizeTransaction(sequelize, {}), { connection: client }),
    publish: (...more) => void said.push(...more),
    later: (job, payload, { at, key }) => tx.laterAll(job, [{ payload, at, key }]),
    async laterAll(job, asked) {
      const specs = new Map(asked.map((one) => [one.key, spec(one, schools)]))
      if (!specs.size) return
      await query(
        `select from ${jobs}.add_jobs(array(select row($1::text, payload, null, run_at, 10, key, 0, null)::${jobs}.job_spec
         from jsonb_to_recordset($2) as s (payload json, run_at timestamptz, key text) order by key))`,
        [job, JSON.stringify([...specs.values()])],
        'later',
      )
    },
    async notLater(...keys) {
      if (keys.length) await query(`select ${jobs}.remove_job(key) from unnest($1::text[]) as key order by key`, [keys], 'not-later')
    },
    after: (run) => void afterwards.push(run),
  }
  const flush = () => {
    if (!said.length) return
    const rows = said.map((one) => enveloped(one, schools, now()))
    tx.send(
      'insert into outbox (id, school_id, name, envelope) select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[])',
      [
        rows.map(({ id }) => id),
        rows.map(({ schoolId }) => schoolId),
        rows.map(({ name }) => name),
        rows.map((row) => JSON.stringify(row)),
      ],
      'outbox',
    )
  }
  return { tx, said, flush, asked, fault: () => fault, afterwards }
}

function spec({ payload, at, key, schoolId, correlationId }: Later, schools: string[]) {
  const asked = { schoolId: schoolId ?? schools[0], correlationId: correlationId ?? context()?.correlationId ?? randomUUIDv7(), payload }
  return { payload: asked, run_at: at.toISOString(), key }
}

const codeOf = (error: unknown) => {
  const { code, parent } = error as { code?: string; parent?: { code?: string } }
  return parent?.code ?? code ?? ''
}
/** Two transactions in each other's way: the whole of `work` is run again. */
const isClash = (error: unknown) => ['40P01', '40001'].includes(codeOf(error))
/** Refused for now: a lock or statement that took too long, too many connections. */
const isBusy = (error: unknown) => ['55P03', '57014', '53300'].includes(codeOf(error))
/** The connection is gone or no longer answers. */
const isLost = (error: unknown) =>
  /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|08|57P0|25P0[34])/.test(codeOf(error)) ||
  isOfCertificate(codeOf(error)) ||
  /Connection terminated|timeout|not queryable|Client was closed/i.test(error instanceof Error ? error.message : '')

/** The code of a database's refusal, such as 23505 for a unique key or 23P01 for an exclusion; and the constraint it names. */
export function refusedBy(error: unknown): { code: string; constraint: string | undefined } {
  const { constraint, parent } = error as { constraint?: string; parent?: { constraint?: string } }
  return { code: codeOf(error), constraint: parent?.constraint ?? constraint }
}
