import type { Database } from '@repitbot/kit/database'
import { tablesOf } from '../tables.ts'
import { formerStore } from './formers.ts'
import { lessonStore } from './lessons.ts'
import { policyStore } from './policies.ts'
import { seriesStore } from './series.ts'

export function openStore(database: Database, now: () => Date) {
  const defined = tablesOf(database.sequelize)
  return {
    ...lessonStore(database, now),
    ...formerStore(database, now),
    ...policyStore(database, defined),
    ...seriesStore(database, { ...defined, now }),
  }
}
