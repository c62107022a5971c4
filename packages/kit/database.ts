import type { Said } from '@repitbot/contracts/events'
import type { Sequelize, Transaction as SequelizeTransaction } from 'sequelize'

/** A migration is SQL, run once by the owner role inside the house's schema; old and new pods must both live with its outcome. */
export type Migration = { name: string; up: string }

export type Transaction = {
  /** Runs one statement with $1, $2 ...; with a `name` it is prepared once a connection. */
  query<Row = Record<string, unknown>>(sql: string, values?: unknown[], name?: string): Promise<Row[]>
  /** What Sequelize's methods take as `transaction`. */
  sequelize: SequelizeTransaction
  /** Puts what is said into the outbox; it leaves the house after the commit. */
  say(...said: Said[]): Promise<void>
  /** Asks for a job of this house's schedule at an instant; the same key replaces the earlier asking. */
  later(job: string, payload: Record<string, unknown>, when: { at: Date; key: string }): Promise<void>
  /** Takes back what `later` asked for; nothing happens when it is not there. */
  notLater(key: string): Promise<void>
}

/** Whose rows a transaction sees: a school's, or those of a batch's several schools. Row-level security hides all others. */
export type Scope = { schoolId: string | string[] }

export type Database = {
  /** For tables.ts to define its tables on; every call needs `transaction: tx.sequelize`. */
  sequelize: Sequelize
  /**
   * Runs `work` in a transaction that sees only that school's rows. Inside a consumer's batch or an idempotent request it joins the
   * transaction already open, so run one after the other, never in parallel. Throws `unavailable` when the database does not answer in time.
   */
  transaction<T>(on: Scope, work: (tx: Transaction) => Promise<T>): Promise<T>
}
