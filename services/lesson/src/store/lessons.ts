import type { Caller } from '@repitbot/contracts/endpoint'
import type { Between } from '@repitbot/contracts/lesson'
import type { Database, Transaction } from '@repitbot/kit/database'
import { Failure } from '@repitbot/kit/failure'
import { within } from '@repitbot/kit/reach'
import type { Lesson, Outcome } from '../rules/lesson.ts'
import { busySql, insertSql, inTheWaySql, lessonJson, letGoSql, reportSql, updateSql } from './lesson-sql.ts'

type Row = { lesson: Lesson; seen: number }
const isFamily = ({ role }: Caller) => role === 'parent' || role === 'student'
/** A giver reaches the lessons he gives or those of his school, a family those of its students. */
const reached = (caller: Caller) =>
  isFamily(caller)
    ? `exists (select from lesson_seat r where r.lesson_id = l.id and ${within(caller, 'r.student_id')})`
    : within(caller, 'l.tutor_id')
/** The same for many lessons: a family's are found from its students, or every lesson of the school would be looked at for a seat. */
const reachedAll = (caller: Caller) =>
  isFamily(caller)
    ? {
        mine: `with mine as materialized (select f.lesson_id from lesson_seat f where f.student_id = any (array(
          select r.user_id from person r where ${within(caller, 'r.user_id')})))`,
        condition: 'l.id in (select lesson_id from mine)',
      }
    : { mine: '', condition: within(caller, 'l.tutor_id') }
/** The same for statements that take the lesson as $1 and the caller as $2, so that one prepared statement serves all callers of a kind. */
const reachedBySecond = (caller: Caller) => `${reached(caller).replaceAll(`'${caller.userId}'`, '$2')} and $2::uuid is not null`
const kindOf = (caller: Caller) => `${isFamily(caller) ? 'family' : 'giver'}-${caller.reach}`
const seatsOf = (caller: Caller) => (isFamily(caller) ? within(caller, 's.student_id') : 'true')

export const lessonStore = (database: Database) => ({
  /** Lessons within reach that start between two instants, from the earliest on, and where the next page begins. */
  listLessons: (caller: Caller, { from, until, studentId, after, limit }: Between) =>
    database.transaction(caller, async (tx) => {
      const [afterStart, afterId] = after?.split('_') ?? []
      const { mine, condition } = reachedAll(caller)
      const rows = await tx.query<Row>(
        `${mine} select ${lessonJson(seatsOf(caller))} as lesson from lesson l
         where l.starts_at >= $1 and l.starts_at < $2 and ${condition}
           and ($3::uuid is null or exists (select from lesson_seat f where f.lesson_id = l.id and f.student_id = $3))
           and ($4::timestamptz is null or (l.starts_at, l.id) > ($4, $5))
         order by l.starts_at, l.id limit $6`,
        [from, until, studentId, afterStart, afterId, limit + 1],
      )
      const lessons = rows.slice(0, limit).map(({ lesson }) => lesson)
      const last = lessons.at(-1)
      return { lessons, next: rows.length > limit && last ? `${last.startsAt}_${last.id}` : null }
    }),

  getLesson: (caller: Caller, id: string) =>
    database.transaction(caller, async (tx) => {
      const seats = seatsOf(caller).replaceAll(`'${caller.userId}'`, '$2')
      const sql = `select ${lessonJson(seats)} as lesson from lesson l where l.id = $1 and ${reachedBySecond(caller)}`
      const [row] = await tx.query<Row>(sql, [id, caller.userId], `get-lesson-${kindOf(caller)}`)
      if (!row) throw new Failure('not_found')
      return row.lesson
    }),

  /** Locks one lesson within the caller's reach (else not_found), and saves what `decide` makes of it, with what it says, in the same transaction. */
  changeLesson: (caller: Caller, id: string, decide: (lesson: Lesson) => Outcome): Promise<Lesson> =>
    database.transaction(caller, async (tx) => {
      const lesson = await lockLesson(tx, caller, id)
      const { lesson: next, events } = decide(lesson)
      if (next === lesson) return next
      if (occupies(lesson) === occupies(next)) saveReport(tx, next)
      else await saveLessons(tx, caller, [next])
      tx.publish(...events)
      return next
    }),
})

/** Seats are read as they were before a wait for the lock: a lesson that changed meanwhile is read again, now that it is ours. */
async function lockLesson(tx: Transaction, caller: Caller, id: string): Promise<Lesson> {
  const sql = `select ${lessonJson()} as lesson, (select o.version from lesson o where o.id = l.id) as seen
    from lesson l where l.id = $1 and ${reachedBySecond(caller)} for update of l`
  const lock = () => tx.query<Row>(sql, [id, caller.userId], `lock-lesson-${kindOf(caller)}`)
  const [row] = await lock()
  if (!row) throw new Failure('not_found')
  if (row.seen === row.lesson.version) return row.lesson
  const [again] = await lock()
  if (!again) throw new Failure('not_found')
  return again.lesson
}

const isHeld = ({ status }: Lesson) => status === 'scheduled' || status === 'completed'
const peopleOf = (lesson: Lesson) => new Set([lesson.tutorId, ...lesson.students.map(({ studentId }) => studentId)])
const occupies = (lesson: Lesson) => (isHeld(lesson) ? [...peopleOf(lesson), lesson.startsAt, lesson.minutes].join() : lesson.version)
const holdsOf = (lessons: Lesson[]) => lessons.filter(isHeld).reduce((sum, lesson) => sum + peopleOf(lesson).size, 0)

function saveReport(tx: Transaction, { id, status, topic, note, privateNote, version, students }: Lesson) {
  tx.send(reportSql, [id, status, topic, note, privateNote, version, JSON.stringify(students)], 'save-report')
}

/** Inserts lessons with their seats and the time of everybody in them, in one statement; refuses all when anybody is busy. */
export const insertLessons = (tx: Transaction, caller: Caller, lessons: Lesson[]) => take(tx, caller, lessons, insertSql)

/** Saves changed lessons whole, and takes the time of everybody anew. */
export async function saveLessons(tx: Transaction, caller: Caller, lessons: Lesson[]): Promise<void> {
  if (!lessons.length) return
  await tx.query(letGoSql, [JSON.stringify(lessons.map(({ id }) => ({ id })))], 'let-go')
  await take(tx, caller, lessons, updateSql)
}

async function take(tx: Transaction, caller: Caller, lessons: Lesson[], sql: string): Promise<void> {
  if (!lessons.length) return
  const values = [caller.schoolId, JSON.stringify(lessons)]
  const [row] = await tx.query<{ held: number }>(sql, values, sql === insertSql ? 'insert-lessons' : 'save-lessons')
  if (row?.held !== holdsOf(lessons)) throw new Failure('double_booked', { with: await inTheWay(tx, caller, values) })
}

/** Whose time is taken and when; by which lesson only where the caller reaches it. */
async function inTheWay(tx: Transaction, caller: Caller, values: unknown[]) {
  type Way = { personId: string; lessonId: string; startsAt: string; minutes: number; reached: boolean }
  const [way] = await tx.query<Way>(inTheWaySql(reached(caller)), values)
  if (!way) return undefined
  const { personId, lessonId, startsAt, minutes } = way
  return { personId, startsAt, minutes, ...(way.reached && { lessonId }) }
}

export async function freeOf<L extends Lesson>(tx: Transaction, { schoolId }: Caller, lessons: L[]): Promise<L[]> {
  if (!lessons.length) return []
  const busy = await tx.query<{ id: string }>(busySql, [schoolId, JSON.stringify(lessons)], 'busy-lessons')
  return lessons.filter(({ id }) => !busy.some((one) => one.id === id))
}
