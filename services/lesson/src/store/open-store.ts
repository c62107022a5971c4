import type { Database } from '@repitbot/kit/database'
import { tablesOf } from '../tables.ts'
import { lessonStore } from './lessons.ts'
import { policyStore } from './policies.ts'
import { seriesStore } from './series.ts'

export function openStore(database: Database) {
  const defined = tablesOf(database.sequelize)
  return { ...lessonStore(database), ...policyStore(database, defined), ...seriesStore(database, defined) }
}
