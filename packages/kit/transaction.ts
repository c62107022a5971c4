import type { NewEvent } from '@repitbot/contracts/events'
import type pg from 'pg'
import { type Sequelize, Transaction as SequelizeTransaction } from 'sequelize'
import type { z } from 'zod'
import { insertIntoOutbox } from './envelope.ts'
import type { JobType } from './job.ts'
import { addJobs, type Later, removeJobs, type When } from './later.ts'

export type Transaction = {
  /**
   * Runs one statement with $1, $2 ...; with a `name` it is prepared once for each connection. Statements that are started together run in
   * that order and are sent together: await several by `Promise.all` where none needs the rows of another.
   */
  query<Row = Record<string, unknown>>(sql: string, values?: unknown[], name?: string): Promise<Row[]>
  /** The same for a statement whose rows are not needed: it is sent with the next one, and when it fails the transaction fails. */
  send(sql: string, values?: unknown[], name?: string): void
  /** The `transaction` option for Sequelize's methods. */
  sequelize: SequelizeTransaction
  /**
   * Puts events into the outbox; they are published after the commit. The school is the only one of the transaction and the correlation id
   * that of the request, unless the event names them. A consumer's batch has many of both, so there each event must name them.
   */
  publish(...events: NewEvent[]): void
  /** Schedules a job of this service at an instant of its clock; the same key replaces the earlier request. */
  later<P extends z.ZodType>(job: JobType<P>, payload: z.input<P>, when: When): Promise<void>
  /** Schedules many jobs in one statement; in a batch of several schools each names its school and correlation id. */
  laterAll<P extends z.ZodType>(job: JobType<P>, requests: Later<z.input<P>>[]): Promise<void>
  /** Cancels what `later` scheduled; does nothing when there is no such job. */
  notLater(...keys: string[]): Promise<void>
  /** Runs after the commit, and never without one. It is lost when the process ends meanwhile, so use it for wake-ups, never for facts. */
  after(run: () => void): void
}

/** A transaction with what only the code that opened it may do: commit, roll back, read its events. */
export type OpenTransaction = {
  tx: Transaction
  /** Writes the events into the outbox and commits. Throws when any statement failed. */
  commit(): Promise<void>
  rollback(): Promise<void>
  /** The error of the first `send` that failed; later errors are only its consequence. */
  fault(): Error | undefined
  /** The events that it publishes, in order. */
  events: NewEvent[]
  runAfterwards(): void
}
export type TransactionScope = { service: string; schools: string[]; now: () => Date }

/**
 * Begins a transaction. `begin` is not awaited: it is sent together with the first statement. If `begin` fails, that first statement has
 * run alone, outside any transaction: row-level security then hides every row of a school from it, and it must not write a table without
 * row-level security (see `markConsumedSql` in consume.ts).
 */
export function beginTransaction(
  client: pg.PoolClient,
  sequelize: Sequelize,
  { service, schools, now }: TransactionScope,
): OpenTransaction {
  const events: NewEvent[] = []
  const afterwards: (() => void)[] = []
  let fault: Error | undefined

  const runUnawaited = (sql: string, values?: unknown[], name?: string) => {
    const result = runCorked(client, sql, values, name)
    result.catch((error: Error) => (fault ??= error))
    return result
  }
  const begin = runUnawaited(`begin; set local app.school = '${schools.join(',')}'`)
  const query = async <Row>(sql: string, values: unknown[] = [], name?: string) => {
    const [, { rows }] = await Promise.all([begin, runCorked(client, sql, values, name)])
    return rows as Row[]
  }
  const send: Transaction['send'] = (sql, values, name) => void runUnawaited(sql, values, name)
  const queue = { service, schools, now, query }
  const tx: Transaction = {
    query,
    send,
    sequelize: Object.assign(new SequelizeTransaction(sequelize, {}), { connection: client }),
    publish: (...more) => void events.push(...more),
    later: (job, payload, when) => addJobs(queue, job, [{ payload, ...when }]),
    laterAll: (job, requests) => addJobs(queue, job, requests),
    notLater: (...keys) => removeJobs(queue, keys),
    after: (run) => void afterwards.push(run),
  }

  return {
    tx,
    async commit() {
      insertIntoOutbox(send, events, { schools, now: now() })
      const { command } = await runCorked(client, 'commit')
      if (fault) throw fault
      if (command !== 'COMMIT') throw new Error('A failed statement was swallowed, so the transaction was rolled back')
    },
    rollback: async () => void (await client.query('rollback')),
    fault: () => fault,
    events,
    runAfterwards: () => {
      for (const run of afterwards) run()
    },
  }
}

/**
 * Runs a statement without sending it at once. The connection's stream is corked until the end of this turn of the event loop, so that all
 * statements started in the turn are sent in one packet: one round trip for all of them.
 */
function runCorked(client: pg.PoolClient, text: string, values?: unknown[], name?: string) {
  const { stream } = (client as unknown as pg.Client).connection
  stream.cork()
  process.nextTick(() => stream.uncork())
  return client.query({ text, values, name })
}
