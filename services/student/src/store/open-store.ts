import type { Database } from '@repitbot/kit/database'
import { tablesOf } from '../tables.ts'
import { changesStore } from './change-students.ts'
import { readsStore } from './read-students.ts'

/** Every statement of the service. */
export const openStore = (database: Database) => {
  const tables = tablesOf(database.sequelize)
  return { ...changesStore(database, tables), ...readsStore(database, tables) }
}
