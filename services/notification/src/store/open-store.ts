import type { Database, Scope, Transaction } from '@repitbot/kit/database'
import { type Tables, tablesOf } from '../tables.ts'
import { broadcasts } from './broadcasts.ts'
import { cards } from './cards.ts'
import { channels } from './channels.ts'
import { deliveries } from './deliveries.ts'
import { lessons } from './lessons.ts'
import { letters } from './letters.ts'
import { notices } from './notices.ts'
import { preferences } from './preferences.ts'
import { reading } from './reading.ts'

const unitOf = (tx: Transaction, defined: Tables) => ({
  ...cards(tx, defined),
  ...broadcasts(tx),
  ...channels(tx),
  ...deliveries(tx),
  ...lessons(tx),
  ...letters(tx),
  ...notices(tx),
  ...preferences(tx),
  ...reading(tx, defined),
  after: tx.after,
})
/** The store within one transaction. */
export type Unit = ReturnType<typeof unitOf>

export function openStore(database: Database) {
  const defined = tablesOf(database.sequelize)
  return {
    /** Runs `work` in a transaction that sees only those schools' rows; within a batch it joins the one already open. */
    transaction: <T>(on: Scope, work: (unit: Unit) => Promise<T>) => database.transaction(on, (tx) => work(unitOf(tx, defined))),
  }
}
