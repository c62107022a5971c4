import type { NewEvent } from '@repitbot/contracts/events'
import type pg from 'pg'
import { type Sequelize, Transaction as SequelizeTransaction } from 'sequelize'
import type { z } from 'zod'
import { insertIntoOutbox } from './envelope.ts'
import type { JobType } from './job.ts'
import { addJobs, type Later, removeJobs, type When } from './later.ts'

export type Transaction = {
  /**
   * Runs one statement with $1, $2 ...; with a `name` it is prepared once a connection. Statements that are started together run in that
   * order and travel together: await several by `Promise.all` where none needs another's rows.
   */
  query<Row = Record<string, unknown>>(sql: string, values?: unknown[], name?: string): Promise<Row[]>
  /** The same for a statement whose rows nobody needs: it travels with the next one, and when it fails the transaction fails. */
  send(sql: string, values?: unknown[], name?: string): void
  /** What Sequelize's methods take as `transaction`. */
  sequelize: SequelizeTransaction
  /**
   * Puts events into the outbox; they leave the service after the commit. The school is the transaction's only one and the
   * correlation id the request's, unless named; a consumer's batch has many of both, so there each must be named.
   */
  publish(...said: NewEvent[]): void
  /** Asks for a job of this service at an instant of its clock; the same key replaces the earlier request. */
  later<P extends z.ZodType>(job: JobType<P>, payload: z.input<P>, when: When): Promise<void>
  /** Asks for many in one statement; a batch of several schools and requests names the school and correlation id of each. */
  laterAll<P extends z.ZodType>(job: JobType<P>, requests: Later<z.input<P>>[]): Promise<void>
  /** Takes back what `later` asked for; nothing happens when it is not there. */
  notLater(...keys: string[]): Promise<void>
  /** Runs once the transaction is committed, and never when it is not: for wake-ups that may be lost with the process, never for facts. */
  after(run: () => void): void
}

/** A transaction together with what only its opener may do: end it, and know what came of it. */
export type OpenTransaction = {
  tx: Transaction
  /** Writes the events into the outbox and commits. Throws when any statement failed. */
  commit(): Promise<void>
  rollback(): Promise<void>
  /** Why the first statement failed that nobody waited for; a later error is only its consequence. */
  fault(): Error | undefined
  /** What it publishes, in order. */
  events: NewEvent[]
  runAfterwards(): void
}
export type TransactionScope = { service: string; schools: string[]; now: () => Date }

/**
 * Begins a transaction. `begin` is not waited for: it leaves together with the first statement. Should `begin` fail, that first statement has
 * run alone, outside any transaction: row-level security then hides every row of a school from it, and a table without row-level security
 * must not be written by it (see `markConsumedSql` in consume.ts).
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
  const begun = runUnawaited(`begin; set local app.school = '${schools.join(',')}'`)
  const query = async <Row>(sql: string, values: unknown[] = [], name?: string) => {
    const [, { rows }] = await Promise.all([begun, runCorked(client, sql, values, name)])
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
 * statements started in the turn leave in one packet: one round trip to the server for all of them. Nothing is held back for longer.
 */
function runCorked(client: pg.PoolClient, text: string, values?: unknown[], name?: string) {
  const { stream } = (client as unknown as pg.Client).connection
  stream.cork()
  process.nextTick(() => stream.uncork())
  return client.query({ text, values, name })
}
