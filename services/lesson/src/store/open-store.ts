import type { Database } from '@repitbot/kit/database'
import { tablesOf } from '../tables.ts'
import { formerStore } from './formers.ts'
import { lessonStore } from './lessons.ts'
import type { NoteSeal } from './note-seal.ts'
import { plainNoteStore, sealStored } from './plain-notes.ts'
import { policyStore } from './policies.ts'
import { seriesStore } from './series.ts'

export function openStore(database: Database, now: () => Date, notes: NoteSeal) {
  const defined = tablesOf(database.sequelize)
  const seal = sealStored(notes)
  return {
    ...lessonStore(database, now, seal),
    ...formerStore(database, now),
    ...plainNoteStore(database, notes),
    ...policyStore(database, defined),
    ...seriesStore(database, { ...defined, now, seal }),
  }
}
