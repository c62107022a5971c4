import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'
import { Sequelize } from 'sequelize'
import { Failure } from './failure.ts'
import { connectionGate, type DatabaseAddress, isBusy, isClash, isLost, openPool } from './pool.ts'
import { beginTransaction, type Transaction } from './transaction.ts'

export type { Transaction }

/** Whose rows a transaction sees: a school's, or those of a batch's several schools. Row-level security hides all others. */
export type Scope = { schoolId: string | string[] }

/** The schools of a batch of events, as the scope of one transaction over it. */
export const schoolsOf = (batch: { schoolId: string }[]) => ({ schoolId: [...new Set(batch.map(({ schoolId }) => schoolId))] })

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

export type OpenDatabase = Database & {
  pool: pg.Pool
  /** Called after each commit that published something. */
  onPublish(listener: () => void): void
  close(): Promise<void>
}

/** Only these may stand in `set local app.school`, which takes no parameters. */
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const attemptsMax = 4

/** Opens a service's pool as its runtime role. Events carry the time of `now`. */
export function openDatabase(service: string, address: DatabaseAddress, poolMax?: number, now = () => new Date()): OpenDatabase {
  const pool = openPool(service, address, poolMax)
  const connect = connectionGate(pool)
  const sequelize = new Sequelize({
    dialect: 'postgres',
    // Sequelize copies its whole configuration deeply, except functions; as a function, pg's own types are kept and not copied.
    dialectModule: Object.assign(() => {}, { types: pg.types }),
    logging: false,
    define: { timestamps: false, underscored: true, freezeTableName: true },
  })
  const ambient = new AsyncLocalStorage<{ tx: Transaction; schools: string[] }>()
  const listeners: (() => void)[] = []

  const runInTransaction = async <T>(schools: string[], work: (tx: Transaction) => Promise<T>): Promise<T> => {
    const client = await connect()
    const open = beginTransaction(client, sequelize, { service, schools, now })
    // A connection that may still be inside a transaction is closed and never given back to the pool.
    let unusable = true
    try {
      const outcome = await ambient.run({ tx: open.tx, schools }, () => work(open.tx))
      await open.commit()
      unusable = false
      if (open.events.length) for (const listen of listeners) listen()
      open.runAfterwards()
      return outcome
    } catch (error) {
      if (!isLost(error))
        unusable = !(await open.rollback().then(
          () => true,
          () => false,
        ))
      throw open.fault() ?? error
    } finally {
      client.release(unusable)
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
          return await runInTransaction(schools, work)
        } catch (error) {
          if (attempt < attemptsMax && isClash(error)) continue
          throw isLost(error) || isBusy(error) ? new Failure('unavailable', {}, { cause: error }) : error
        }
      }
    },
    onPublish: (listener) => listeners.push(listener),
    close: () => pool.end(),
  }
}
