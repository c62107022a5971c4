import { context } from '@repitbot/kit/context'
import type { Database, Transaction } from '@repitbot/kit/database'
import type { Lesson } from '../rules/lesson.ts'
import { undoMsMax } from '../rules/put-back.ts'
import type { SeriesFormer } from '../rules/undo-series.ts'
import { type SealStored, type StoredLesson, sealFormer } from './plain-notes.ts'

const keepLessonSql = `insert into lesson_former (lesson_id, school_id, version, changed_at, former) values ($1, $2, $3, $4, $5)
on conflict (lesson_id) do update set version = excluded.version, changed_at = excluded.changed_at, former = excluded.former`
const findLessonSql = 'select former from lesson_former where lesson_id = $1 and version = $2 and changed_at >= $3'
const keepSeriesSql = `insert into series_former (series_id, school_id, version, changed_at, correlation_id, former) values ($1, $2, $3, $4, $5, $6)
on conflict (series_id) do update set version = excluded.version, changed_at = excluded.changed_at,
  correlation_id = excluded.correlation_id, former = excluded.former`
const findSeriesSql = `select correlation_id as "correlationId", former from series_former where series_id = $1 and version = $2 and changed_at >= $3`

const undoableSince = (now: Date) => new Date(now.getTime() - undoMsMax)
type Versioned = { id: string; version: number }

/** What stood before the last change of a lesson or a series, for `undo`. */
export const formersIn = (tx: Transaction, { schoolId }: { schoolId: string }, now: Date) => ({
  keepLesson: (before: Lesson, { version }: Lesson) =>
    tx.send(keepLessonSql, [before.id, schoolId, version, now, JSON.stringify(before)], 'keep-lesson-former'),

  async findLesson({ id, version }: Versioned, seal: SealStored): Promise<Lesson | undefined> {
    const [row] = await tx.query<{ former: StoredLesson }>(findLessonSql, [id, version, undoableSince(now)], 'find-lesson-former')
    return row && seal(row.former)
  },

  keepSeries: ({ id, version }: Versioned, former: SeriesFormer) =>
    tx.send(keepSeriesSql, [id, schoolId, version, now, context()?.correlationId, JSON.stringify(former)], 'keep-series-former'),

  async findSeries({ id, version }: Versioned, seal: SealStored): Promise<SeriesFormer | undefined> {
    type Row = { correlationId: string | null; former: SeriesFormer }
    const [row] = await tx.query<Row>(findSeriesSql, [id, version, undoableSince(now)], 'find-series-former')
    return row && { ...sealFormer(seal, row.former), correlationId: row.correlationId ?? undefined }
  },
})

export const formerStore = (database: Database, now: () => Date) => ({
  /** Removes what can no longer be taken back, of every school. */
  forgetFormers: (): Promise<void> =>
    database.transaction({ schoolId: [] }, async (tx) => {
      await tx.query('select forget_formers($1)', [undoableSince(now())])
    }),
})
