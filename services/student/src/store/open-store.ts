import type { Database } from '@repitbot/kit/database'
import { tablesOf } from '../tables.ts'
import { changing } from './change-students.ts'
import { reading } from './read-students.ts'

/** Every statement of the service. */
export const openStore = (database: Database) => {
  const tables = tablesOf(database.sequelize)
  return { ...changing(database, tables), ...reading(database, tables) }
}
