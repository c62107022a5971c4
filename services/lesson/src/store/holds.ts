import type { Caller } from '@repitbot/contracts/endpoint'
import type { Transaction } from '@repitbot/kit/database'
import { Failure } from '@repitbot/kit/failure'
import type { Lesson } from '../rules/lesson.ts'
import { timeFootprint } from '../rules/time-footprint.ts'
import { reached } from './lesson-reach.ts'
import { instant } from './lesson-sql.ts'

/** $1 the school, $2 whose time is wanted and when. */
const wants = `wants as (
  select "lessonId" as lesson_id, "personId" as person_id, tstzrange("startsAt", "startsAt" + make_interval(mins => minutes)) as during
  from jsonb_to_recordset($2) as w ("lessonId" uuid, "personId" uuid, "startsAt" timestamptz, minutes int)
)`
/** In the order of persons, so that two plans never wait for each other crosswise; who is busy gets no row. Answers how many were taken. */
const takeSql = `with ${wants}, taken as (
  insert into hold (school_id, lesson_id, person_id, during)
  select $1, w.lesson_id, w.person_id, w.during from wants w order by w.person_id, w.during
  on conflict do nothing returning 1
) select count(*)::int as taken from taken`
const releaseSql = 'delete from hold where lesson_id = any($1)'
/** The first lesson that is in the way of the wanted ones, and whether the caller may know which it is. */
const clashSql = (isReached: string) => `with ${wants}
select h.person_id as "personId", l.id as "lessonId", ${instant('l.starts_at')} as "startsAt", l.minutes, ${isReached} as reached
from wants w
join hold h on h.person_id = w.person_id and h.during && w.during and h.lesson_id <> w.lesson_id
join lesson l on l.id = h.lesson_id
where h.school_id = $1 order by l.starts_at limit 1`
const busySql = `with ${wants}
select distinct w.lesson_id as id from wants w join hold h on h.person_id = w.person_id and h.during && w.during and h.lesson_id <> w.lesson_id
where h.school_id = $1`

/** Takes the time of everybody in the lessons; refuses all when anybody is busy. */
export async function takeHolds(tx: Transaction, caller: Caller, lessons: Lesson[]): Promise<void> {
  const wanted = lessons.flatMap(timeFootprint)
  if (!wanted.length) return
  const values = [caller.schoolId, JSON.stringify(wanted)]
  const [row] = await tx.query<{ taken: number }>(takeSql, values, 'take-holds')
  if (row?.taken !== wanted.length) throw new Failure('double_booked', { with: await findClash(tx, caller, values) })
}

export function releaseHolds(tx: Transaction, lessons: Lesson[]): void {
  if (lessons.length) tx.send(releaseSql, [lessons.map(({ id }) => id)], 'let-go')
}

/** Whose time is taken and when; by which lesson only where the caller reaches it. */
async function findClash(tx: Transaction, caller: Caller, values: unknown[]) {
  type Clash = { personId: string; lessonId: string; startsAt: string; minutes: number; reached: boolean }
  const [clash] = await tx.query<Clash>(clashSql(reached(caller)), values)
  if (!clash) return undefined
  const { personId, lessonId, startsAt, minutes } = clash
  return { personId, startsAt, minutes, ...(clash.reached && { lessonId }) }
}

/** Those of the lessons in which nobody is busy. */
export async function onlyFree<L extends Lesson>(tx: Transaction, { schoolId }: Caller, lessons: L[]): Promise<L[]> {
  if (!lessons.length) return []
  const busy = await tx.query<{ id: string }>(busySql, [schoolId, JSON.stringify(lessons.flatMap(timeFootprint))], 'busy-lessons')
  return lessons.filter(({ id }) => !busy.some((one) => one.id === id))
}
