import { AsyncLocalStorage } from 'node:async_hooks'
import { isUuid } from '@repitbot/contracts/uuid'
import pg from 'pg'
import { Sequelize } from 'sequelize'
import { Failure } from './failure.ts'
import { connectionGate, type DatabaseAddress, isBusy, isClash, isLost, openPool } from './pool.ts'
import { beginTransaction, type Transaction } from './transaction.ts'

export type { Transaction }

/** The schools whose rows a transaction sees: one, or the several of a batch. Row-level security hides all others. */
export type Scope = { schoolId: string | string[] }

/** The scope of a transaction over a batch of events: all schools of the batch. */
export const schoolsOf = (batch: { schoolId: string }[]) => ({ schoolId: [...new Set(batch.map(({ schoolId }) => schoolId))] })

export type Database = {
  /** Where tables.ts defines its tables; every call needs `transaction: tx.sequelize`. */
  sequelize: Sequelize
  /**
   * Runs `work` in a transaction that sees only the rows of that school. Inside a consumer's batch or an idempotent request it joins the
   * transaction that is already open, so never run two at the same time; the statements of one may be sent together. Throws `unavailable`
   * when the database does not answer in time. `alone` is for what must outlive a refusal, such as a counted guess: it throws instead of
   * joining a transaction that may be rolled back.
   */
  transaction<T>(on: Scope, work: (tx: Transaction) => Promise<T>, how?: { alone: boolean }): Promise<T>
}

export type OpenDatabase = Database & {
  pool: pg.Pool
  /** Called after each commit that published something. */
  onPublish(listener: () => void): void
  close(): Promise<void>
}

const attemptsMax = 4

/** Opens the pool of a service as its runtime role. Events get the time of `now`. */
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
    // Whatever the reason that there is no connection, nothing has run: also while the server is there and refuses the database.
    const client = await connect().catch((cause) => {
      throw new Failure('unavailable', {}, { cause })
    })
    const open = beginTransaction(client, sequelize, { service, schools, now })
    // A connection that may still be inside a transaction is closed and never returned to the pool.
    let unusable = true
    try {
      const result = await ambient.run({ tx: open.tx, schools }, () => work(open.tx))
      await open.commit()
      unusable = false
      if (open.events.length) for (const listen of listeners) listen()
      open.runAfterwards()
      return result
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
    async transaction(on, work, { alone } = { alone: false }) {
      const schools = [on.schoolId].flat()
      // `set local app.school` takes no parameters, so nothing but uuids may be put into it.
      if (!schools.every(isUuid)) throw new Error('A school id is not a uuid')
      const current = ambient.getStore()
      if (current) {
        if (alone) throw new Error('What must outlive a refusal is written before the transaction begins: see Route in the contracts')
        if (!schools.every((id) => current.schools.includes(id))) throw new Error('A joined transaction names another school')
        return work(current.tx)
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
