import { nilUuid } from '@repitbot/contracts/uuid'
import type { Database, Transaction } from '@repitbot/kit/database'
import type { Lesson, SealedNote } from '../rules/lesson.ts'
import type { SeriesFormer } from '../rules/undo-series.ts'
import type { NoteSeal } from './note-seal.ts'

/** A lesson as it is stored: one of an earlier release has its private note in plain text until the job has been there. */
export type StoredLesson = Lesson & { privateNote?: string }
/** The lesson as the rules know it. Whoever reads a lesson seals it so, and nothing writes its plain note again. */
export type SealStored = (stored: StoredLesson) => Lesson
export const sealStored =
  (notes: NoteSeal): SealStored =>
  ({ privateNote, ...lesson }) =>
    privateNote === undefined ? lesson : { ...lesson, sealedNote: notes.seal(lesson.id, privateNote) }
export const sealFormer = (seal: SealStored, former: SeriesFormer): SeriesFormer => ({
  ...former,
  touched: former.touched.map(({ before, ...one }) => (before ? { ...one, before: seal(before) } : one)),
})

const batch = 200
const findSql = `select id, private_note as plain, sealed_note::text as sealed from lesson
where (private_note is not null or (get_byte(sealed_note, 0) = 1 and $3)) and id > $1 order by id limit $2 for update`
const saveSql = `update lesson l set sealed_note = g.sealed, private_note = null
from jsonb_to_recordset($1) as g (id uuid, sealed bytea) where l.id = g.id`

export const plainNoteStore = (database: Database, notes: NoteSeal) => ({
  schoolsToSeal: (): Promise<string[]> =>
    database.transaction({ schoolId: [] }, async (tx) => {
      const rows = await tx.query<{ id: string }>('select schools_with_plain_notes() as id')
      return rows.map(({ id }) => id)
    }),

  /** Seals the plain notes of a school, and those sealed without a secret for notes where there is one now; returns how many. */
  async sealNotes(schoolId: string): Promise<number> {
    let [count, after] = [0, nilUuid]
    for (;;) {
      const { found, sealed } = await database.transaction({ schoolId }, (tx) => sealBatch(tx, notes, after))
      count += sealed
      if (found.length < batch) break
      after = found.at(-1)?.id ?? after
    }
    await database.transaction({ schoolId }, (tx) => sealFormers(tx, sealStored(notes)))
    return count
  },
})

async function sealBatch(tx: Transaction, notes: NoteSeal, after: string) {
  type Row = { id: string; plain: string | null; sealed: SealedNote | null }
  const found = await tx.query<Row>(findSql, [after, batch, notes.hasOwnSecret])
  const sealed = found.flatMap(({ id, plain, sealed: before }) => {
    const text = plain ?? (before ? notes.open(id, before) : undefined)
    return text === undefined ? [] : [{ id, sealed: notes.seal(id, text) }]
  })
  await tx.query(saveSql, [JSON.stringify(sealed)])
  return { found, sealed: sealed.length }
}

/** What stood before a change is kept for a day, so these are few. */
async function sealFormers(tx: Transaction, seal: SealStored): Promise<void> {
  const lessons = await tx.query<{ id: string; former: StoredLesson }>(
    `select lesson_id as id, former from lesson_former where former ? 'privateNote' for update`,
  )
  for (const { id, former } of lessons)
    await tx.query('update lesson_former set former = $2 where lesson_id = $1', [id, JSON.stringify(seal(former))])
  const series = await tx.query<{ id: string; former: SeriesFormer }>(
    `select series_id as id, former from series_former where former @? '$.touched[*].before.privateNote' for update`,
  )
  for (const { id, former } of series)
    await tx.query('update series_former set former = $2 where series_id = $1', [id, JSON.stringify(sealFormer(seal, former))])
}
