import { addDays, localDay } from '@repitbot/contracts/calendar'
import type { Caller } from '@repitbot/contracts/endpoint'
import type { Database, Transaction } from '@repitbot/kit/database'
import { Failure } from '@repitbot/kit/failure'
import { toPage } from '@repitbot/kit/page'
import { within } from '@repitbot/kit/reach'
import { literal, Op } from 'sequelize'
import type { SeriesOutcome } from '../rules/change-series.ts'
import { type Lesson, peopleIn } from '../rules/lesson.ts'
import type { Person } from '../rules/plan.ts'
import type { SeriesLesson } from '../rules/reschedule-series.ts'
import type { Series } from '../rules/series-lessons.ts'
import type { SeriesFormer } from '../rules/undo-series.ts'
import type { SeriesRow, tablesOf } from '../tables.ts'
import { formersIn } from './formers.ts'
import { onlyFree } from './holds.ts'
import { lessonJson } from './lesson-sql.ts'
import { findEverybody, findPeople } from './people.ts'
import type { SealStored, StoredLesson } from './plain-notes.ts'
import { saveSeriesOutcome } from './save-series.ts'
import { rowOf, seriesOf } from './series-row.ts'

type Tables = ReturnType<typeof tablesOf>
type Options = Pick<Tables, 'series'> & { now: () => Date; seal: SealStored }
/** A series within reach, locked; and what else a decision may ask for in the same transaction. */
export type LockedSeries = {
  series: Series
  /** Its lessons that stand for a day from this one on, locked. */
  lessons(from: string): Promise<SeriesLesson[]>
  people(ids: string[]): Promise<Map<string, Person>>
  /** Those of the lessons in which nobody is busy. */
  free<L extends Lesson>(lessons: L[]): Promise<L[]>
}

/** What `undo` decides by. */
export type FoundForUndo = {
  series: Series
  former: SeriesFormer | undefined
  origin: Series | undefined
  lessons: Lesson[]
  people: Map<string, Person>
}
/**
 * A series that came of a split goes when the split is taken back. Where somebody has changed one of its lessons since, it stays with that
 * lesson, and ends before its first day, so that no night plans it further.
 */
const deleteEmptySql = 'delete from series s where s.id = $1 and not exists (select from lesson l where l.series_id = s.id)'
const endSql = 'update series set until_on = from_on - 1, occurrences = null, version = version + 1 where id = $1'

const takenDaysSql = `select series_id as id, to_char(series_on, 'YYYY-MM-DD') as on from lesson
where series_id = any($1) and series_on between $2 and $3`
/** `on`: only series that have begun by its last day and not ended before its first. */
type Asked = { studentId?: string; after?: string; limit: number; on?: { first: string; last: string } }

export const seriesStore = (database: Database, { series: table, now, seal }: Options) => ({
  listSeries: (caller: Caller, asked: Asked) => database.transaction(caller, (tx) => findPage(tx, table, caller, asked)),

  /** A page of the series that may have lessons in a span; of each the days there that have a lesson already, and all their people. */
  listComing: (caller: Caller, { from, until, ...asked }: Asked & { from: string; until: string }) =>
    database.transaction(caller, async (tx) => {
      // A day is a little wider than the span in any zone.
      const [first, last] = [addDays(localDay(from, 'UTC'), -1), addDays(localDay(until, 'UTC'), 1)]
      const { series, next } = await findPage(tx, table, caller, { ...asked, on: { first, last } })
      const ids = series.map(({ id }) => id)
      const days = await tx.query<{ id: string; on: string }>(takenDaysSql, [ids, first, last], 'taken-days')
      const found = series.map((one) => ({
        series: one,
        taken: new Set(days.filter(({ id }) => id === one.id).map(({ on }) => on)),
      }))
      const named = [...new Set(series.flatMap(({ tutorId, students }) => [tutorId, ...students.map(({ studentId }) => studentId)]))]
      return { found, people: await findEverybody(tx, caller, named), next }
    }),

  getSeries: (caller: Caller, id: string, from: (series: Series) => string) =>
    database.transaction(caller, async (tx) => {
      const series = await findSeries(tx, table, caller, { id, lock: false })
      return { series, lessons: await lockLessonsOf(tx, { id, from: from(series) }, seal) }
    }),

  /** Inserts a series, and whatever lessons `decide` makes of it, after looking up its people. */
  planSeries: (caller: Caller, ids: string[], decide: (people: Map<string, Person>) => SeriesOutcome) =>
    database.transaction(caller, async (tx) => {
      const outcome = decide(await findPeople(tx, caller, ids))
      await table.create(rowOf(caller.schoolId, outcome.series), { transaction: tx.sequelize })
      return saveSeriesOutcome(tx, caller, { outcome, locked: new Map(), now: now() })
    }),

  /** Locks one series within reach (else not_found), and saves what `decide` makes of it and its lessons in the same transaction. */
  changeSeries: (caller: Caller, id: string, decide: (held: LockedSeries) => Promise<SeriesOutcome>) =>
    database.transaction(caller, async (tx) => {
      const series = await findSeries(tx, table, caller, { id, lock: true })
      const locked = new Map<string, Lesson>()
      const outcome = await decide({
        series,
        async lessons(from) {
          const lessons = await lockLessonsOf(tx, { id, from }, seal)
          for (const lesson of lessons) locked.set(lesson.id, lesson)
          return lessons
        },
        people: (ids) => findPeople(tx, caller, ids),
        free: (lessons) => onlyFree(tx, caller, lessons),
      })
      if (!outcome.ended && outcome.series.id !== id) throw new Error('A decision gave a series another id')
      const { schoolId } = caller
      for (const one of outcome.ended ? [outcome.ended, outcome.series] : [outcome.series])
        await table.upsert(rowOf(schoolId, one), { transaction: tx.sequelize })
      return saveSeriesOutcome(tx, caller, { outcome, before: series, locked, now: now() })
    }),

  /** Locks a series, the one that it was split from, and the lessons that its last change touched or that are ahead; saves what `decide` makes of them. */
  undoSeries: (caller: Caller, id: string, decide: (found: FoundForUndo) => SeriesOutcome) =>
    database.transaction(caller, async (tx) => {
      const series = await findSeries(tx, table, caller, { id, lock: true })
      const former = await formersIn(tx, caller, now()).findSeries(series, seal)
      const isSplit = former && former.series.id !== id
      const origin = isSplit ? await findSeries(tx, table, caller, { id: former.series.id, lock: true }) : undefined
      const touched = former?.touched.map((one) => one.id) ?? []
      const lessons = former ? await lockLessonsForUndo(tx, { seriesId: id, touched, now: now() }, seal) : []
      const before = former?.touched.flatMap((one) => (one.before ? peopleIn(one.before) : [])) ?? []
      const people = await findEverybody(tx, caller, [...new Set(before)])
      const outcome = decide({ series, former, origin, lessons, people })
      await table.upsert(rowOf(caller.schoolId, outcome.series), { transaction: tx.sequelize })
      const locked = new Map(lessons.map((lesson) => [lesson.id, lesson]))
      const saved = await saveSeriesOutcome(tx, caller, { outcome, locked, now: now() })
      if (isSplit) await Promise.all([tx.query(deleteEmptySql, [id], 'delete-empty-series'), tx.query(endSql, [id], 'end-series')])
      return saved
    }),

  schoolsWithSeries: () =>
    database.transaction({ schoolId: [] }, async (tx) => {
      const rows = await tx.query<{ id: string }>('select schools_with_series() as id')
      return rows.map(({ id }) => id)
    }),

  /** Series of a school that may still lack lessons, in pages. */
  listOpenSeries: (schoolId: string, { today, after, limit }: { today: string; after: string; limit: number }) =>
    database.transaction({ schoolId }, async (tx) => {
      const where = { id: { [Op.gt]: after }, untilOn: { [Op.or]: [null, { [Op.gte]: today }] } }
      const rows = await table.findAll({ where, attributes: ['id', 'tutorId'], order: [['id', 'asc']], limit, transaction: tx.sequelize })
      return rows.map((row) => row.get({ plain: true }))
    }),
})

/** A page of the series within reach, the newest first. */
async function findPage(tx: Transaction, table: Tables['series'], caller: Caller, { studentId, after, limit, on }: Asked) {
  const where = {
    [Op.and]: [
      literal(within(caller, 'tutor_id')),
      ...(after ? [{ id: { [Op.lt]: after } }] : []),
      ...(studentId ? [{ students: { [Op.contains]: [{ studentId }] } }] : []),
      ...(on ? [{ fromOn: { [Op.lte]: on.last }, untilOn: { [Op.or]: [null, { [Op.gte]: on.first }] } }] : []),
    ],
  }
  const rows = await table.findAll({ where, order: [['id', 'desc']], limit: limit + 1, transaction: tx.sequelize })
  const { page, last } = toPage(
    rows.map((row) => row.get({ plain: true })),
    limit,
  )
  return { series: await withNames(tx, page), next: last?.id ?? null }
}

async function findSeries(
  tx: Transaction,
  table: Tables['series'],
  caller: Caller,
  { id, lock }: { id: string; lock: boolean },
): Promise<Series> {
  const where = { [Op.and]: [{ id }, literal(within(caller, 'tutor_id'))] }
  const row = await table.findOne({ where, transaction: tx.sequelize, lock })
  const [series] = row ? await withNames(tx, [row.get({ plain: true })]) : []
  if (!series) throw new Failure('not_found')
  return series
}

/** The lessons of a series that stand for a day from this one on, locked. */
async function lockLessonsOf(
  tx: Transaction,
  { id: seriesId, from }: { id: string; from: string },
  seal: SealStored,
): Promise<SeriesLesson[]> {
  await tx.query('select from lesson where series_id = $1 and series_on >= $2 order by id for update', [seriesId, from])
  const rows = await tx.query<{ lesson: StoredLesson }>(
    `select ${lessonJson()} as lesson from lesson l where l.series_id = $1 and l.series_on >= $2 order by l.series_on`,
    [seriesId, from],
  )
  return rows.map(({ lesson }) => seal(lesson) as SeriesLesson)
}

/** The lessons of these ids, and those ahead in the series, locked. */
async function lockLessonsForUndo(
  tx: Transaction,
  { seriesId, touched, now }: { seriesId: string; touched: string[]; now: Date },
  seal: SealStored,
): Promise<Lesson[]> {
  const values = [touched, seriesId, now]
  const which = 'l.id = any($1) or (l.series_id = $2 and l.starts_at > $3)'
  await tx.query(`select from lesson l where ${which} order by l.id for update`, values)
  const rows = await tx.query<{ lesson: StoredLesson }>(
    `select ${lessonJson()} as lesson from lesson l where ${which} order by l.starts_at`,
    values,
  )
  return rows.map(({ lesson }) => seal(lesson))
}

async function withNames(tx: Transaction, rows: SeriesRow[]): Promise<Series[]> {
  const ids = [...new Set(rows.flatMap((row) => [row.tutorId, ...row.students.map(({ studentId }) => studentId)]))]
  const people = await tx.query<{ id: string; name: string }>('select user_id as id, name from person where user_id = any($1)', [ids])
  const names = new Map(people.map(({ id, name }) => [id, name]))
  return rows.map((row) => seriesOf(row, names))
}
