import type { Caller } from '@repitbot/contracts/endpoint'
import type { NewEvent } from '@repitbot/contracts/events'
import type { Between } from '@repitbot/contracts/lesson-fields'
import type { Database, Transaction } from '@repitbot/kit/database'
import { Failure } from '@repitbot/kit/failure'
import { toPage } from '@repitbot/kit/page'
import { type Lesson, type Outcome, peopleIn } from '../rules/lesson.ts'
import type { Person } from '../rules/plan.ts'
import { hasSameFootprint } from '../rules/time-footprint.ts'
import { comesAhead, isWithoutClosed } from '../rules/without-person.ts'
import { formersIn } from './formers.ts'
import { releaseHolds, takeHolds } from './holds.ts'
import { madeUpBy } from './lesson-fields.ts'
import { kindOf, reachedByParameter, reachedMany, seatsWithin } from './lesson-reach.ts'
import { deleteSeatsSql, insertLessonsSql, lessonJson, saveLessonSql, saveLessonsSql } from './lesson-sql.ts'
import { aheadOf, findEverybody, findPeople } from './people.ts'
import type { SealStored, StoredLesson } from './plain-notes.ts'

type FindPeople = (ids: string[]) => Promise<Map<string, Person>>
type DecidePlan = (people: Map<string, Person>, cancelled: Lesson | undefined) => Outcome[]
type Decide = (lesson: Lesson, people: FindPeople, everybody: FindPeople) => Outcome | Promise<Outcome>
type DecideUndo = (lesson: Lesson, former: Lesson | undefined, everybody: Map<string, Person>) => Outcome
type Row = { lesson: StoredLesson; seen: number }
type Listed = Omit<Between, 'state'> & { begunBy?: Date; owed: boolean }
/** A lesson as it was when it was locked, and as it is to be. */
export type LessonChange = { before: Lesson; next: Lesson }

export const lessonStore = (database: Database, now: () => Date, seal: SealStored) => ({
  /**
   * Lessons within reach that start between two instants, from the earliest on, and where the next page begins; with `begunBy` those of them
   * that had begun by then and have no report, with `owed` those for which a lesson was promised that is not planned.
   */
  listLessons: (caller: Caller, { from, until, studentId, after, limit, begunBy, owed }: Listed) =>
    database.transaction(caller, async (tx) => {
      const [afterStart, afterId] = after?.split('_') ?? []
      const { mine, condition } = reachedMany(caller)
      const rows = await tx.query<Row>(
        `${mine} select ${lessonJson(seatsWithin(caller))} as lesson from lesson l
         where l.starts_at >= $1 and l.starts_at < $2 and ${condition}
           and ($3::uuid is null or exists (select from lesson_seat f where f.lesson_id = l.id and f.student_id = $3))
           and ($7::timestamptz is null or (l.status = 'scheduled' and l.starts_at <= $7))
           and (not $8 or ((l.cancellation ->> 'makeUpCredit')::boolean and exists (
             select from lesson_seat o where o.lesson_id = l.id and ($3::uuid is null or o.student_id = $3) and ${madeUpBy('o')} is null)))
           and ($4::timestamptz is null or (l.starts_at, l.id) > ($4, $5))
         order by l.starts_at, l.id limit $6`,
        [from, until, studentId, afterStart, afterId, limit + 1, begunBy, owed],
      )
      const { page, last } = toPage(
        rows.map(({ lesson }) => seal(lesson)),
        limit,
      )
      return { lessons: page, next: last ? `${last.startsAt}_${last.id}` : null }
    }),

  /** One lesson within reach (else not_found), with the seats that the caller may see; a decision about it needs every seat. */
  getLesson: (caller: Caller, id: string, which: 'seats within reach' | 'every seat' = 'seats within reach') =>
    database.transaction(caller, async (tx) => {
      const seats = which === 'every seat' ? 'true' : seatsWithin(caller).replaceAll(`'${caller.userId}'`, '$2')
      const sql = `select ${lessonJson(seats)} as lesson from lesson l where l.id = $1 and ${reachedByParameter(caller)}`
      const [row] = await tx.query<Row>(sql, [id, caller.userId], `get-lesson-${which}-${kindOf(caller)}`)
      if (!row) throw new Failure('not_found')
      return seal(row.lesson)
    }),

  listAheadOf: (caller: Caller, person: { userId: string; version: number }, at: Date) =>
    database.transaction(caller, (tx) => aheadOf(tx, person, at)),

  publish: (caller: Caller, events: NewEvent[]): Promise<void> => database.transaction(caller, async (tx) => tx.publish(...events)),

  /** Looks up the people that a plan names, locks the cancelled lesson that it makes up for, and inserts the lessons that `decide` makes of them. */
  planLessons: (caller: Caller, { ids, makeUpOf }: { ids: string[]; makeUpOf?: string }, decide: DecidePlan) =>
    database.transaction(caller, async (tx) => {
      // Read a second time: another plan may have made up for it while this one waited for the lock, which changes no version.
      if (makeUpOf) await lockLesson(tx, caller, { id: makeUpOf, seal })
      const cancelled = makeUpOf ? await lockLesson(tx, caller, { id: makeUpOf, seal }) : undefined
      const outcomes = decide(await findPeople(tx, caller, ids), cancelled)
      const lessons = outcomes.map(({ lesson }) => lesson)
      await insertLessons(tx, caller, lessons)
      tx.publish(...outcomes.flatMap(({ events }) => events))
      return lessons
    }),

  /**
   * Locks one lesson within the caller's reach (else not_found), and saves what `decide` makes of it, with what it says, in the same
   * transaction. `people` looks up those whom the caller may plan, `everybody` those of the whole school.
   */
  changeLesson: (caller: Caller, id: string, decide: Decide): Promise<Lesson> =>
    database.transaction(caller, async (tx) => {
      const before = await lockLesson(tx, caller, { id, seal })
      return saveOutcome(tx, caller, {
        before,
        outcome: await decide(
          before,
          (ids) => findPeople(tx, caller, ids),
          (ids) => findEverybody(tx, caller, ids),
        ),
        now: now(),
      })
    }),

  /** The same for a decision that also needs what the lesson was before its last change, where that is still kept. */
  undoLesson: (caller: Caller, id: string, decide: DecideUndo): Promise<Lesson> =>
    database.transaction(caller, async (tx) => {
      const before = await lockLesson(tx, caller, { id, seal })
      const former = await formersIn(tx, caller, now()).findLesson(before, seal)
      return saveOutcome(tx, caller, {
        before,
        outcome: decide(before, former, await findEverybody(tx, caller, former ? peopleIn(former) : [])),
        now: now(),
      })
    }),
})

/** Saves a changed lesson, keeps what it was for `undo`, and publishes the events. */
async function saveOutcome(tx: Transaction, caller: Caller, { before, outcome, now }: { before: Lesson; outcome: Outcome; now: Date }) {
  const { lesson: next, events } = outcome
  if (next === before) return next
  await refuseClosed(tx, caller, [{ before, next }], now)
  formersIn(tx, caller, now).keepLesson(before, next)
  await saveLessons(tx, caller, [{ before, next }])
  tx.publish(...events)
  return next
}

/** Seats are read as they were before a wait for the lock: a lesson that changed meanwhile is read again, now that it is ours. */
type Locking = { id: string; seal: SealStored }
async function lockLesson(tx: Transaction, caller: Caller, { id, seal }: Locking): Promise<Lesson> {
  const sql = `select ${lessonJson()} as lesson, (select o.version from lesson o where o.id = l.id) as seen
    from lesson l where l.id = $1 and ${reachedByParameter(caller)} for update of l`
  const lock = () => tx.query<Row>(sql, [id, caller.userId], `lock-lesson-${kindOf(caller)}`)
  const [row] = await lock()
  if (!row) throw new Failure('not_found')
  if (row.seen === row.lesson.version) return seal(row.lesson)
  const [again] = await lock()
  if (!again) throw new Failure('not_found')
  return seal(again.lesson)
}

/** Inserts lessons with their seats, and takes the time of everybody in them; refuses all when anybody is busy. */
export async function insertLessons(tx: Transaction, caller: Caller, lessons: Lesson[]): Promise<void> {
  if (!lessons.length) return
  tx.send(insertLessonsSql, [caller.schoolId, JSON.stringify(lessons)], 'insert-lessons')
  await takeHolds(tx, caller, lessons)
}

/**
 * Saves changed lessons whole. Where a change is about somebody's time, that time is given back and taken anew; a report is not, so it
 * stays one statement that nobody waits for.
 */
export async function saveLessons(tx: Transaction, caller: Caller, changes: LessonChange[]): Promise<void> {
  for (const { before, next } of changes) if (before.id !== next.id) throw new Error('A decision gave a lesson another id')
  const lessons = changes.map(({ next }) => next)
  const retimed = changes.filter(({ before, next }) => !hasSameFootprint(before, next)).map(({ next }) => next)
  releaseHolds(tx, retimed)
  deleteSeats(tx, changes)
  if (lessons.length === 1) tx.send(saveLessonSql, [caller.schoolId, JSON.stringify(lessons[0])], 'save-lesson')
  if (lessons.length > 1) tx.send(saveLessonsSql, [caller.schoolId, JSON.stringify(lessons)], 'save-lessons')
  await takeHolds(tx, caller, retimed)
}

/** Nobody is in a lesson ahead whose membership is closed, whichever way a lesson comes to be ahead. */
export async function refuseClosed(tx: Transaction, caller: Caller, changes: LessonChange[], now: Date): Promise<void> {
  const coming = changes.filter((change) => comesAhead(change, now)).map(({ next }) => next)
  if (!coming.length) return
  const people = await findEverybody(tx, caller, coming.flatMap(peopleIn))
  if (!coming.every((lesson) => isWithoutClosed(lesson, people))) throw new Failure('person_closed')
}

/** The save inserts and updates seats; here go those of students who are no longer in their lesson. */
function deleteSeats(tx: Transaction, changes: LessonChange[]): void {
  const gone = changes.flatMap(({ before, next }) =>
    before.students
      .filter(({ studentId }) => !next.students.some((seat) => seat.studentId === studentId))
      .map(({ studentId }) => ({ lessonId: next.id, studentId })),
  )
  if (gone.length) tx.send(deleteSeatsSql, [JSON.stringify(gone)], 'delete-seats')
}
