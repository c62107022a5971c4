import { randomUUIDv7 } from 'node:crypto'
import type { NewEvent } from '@repitbot/contracts/events'
import type { Somebody } from '@repitbot/kit/testing/people'
import type { World } from '@repitbot/kit/testing/world'

export type CompletedLesson = Extract<NewEvent, { name: 'lesson.completed' }>['body']
type Seat = CompletedLesson['students'][number]

/** The body of lesson.completed: one attended lesson of an hour, unless `given` says otherwise. */
export function completedLesson(
  world: World,
  who: Somebody,
  given: Partial<Omit<CompletedLesson, 'students'>> & Partial<Omit<Seat, 'studentId'>> = {},
): CompletedLesson {
  const { attendance = 'attended', grade, minutes = 60, ...lesson } = given
  const heldAt = lesson.heldAt ?? world.clock.now().toISOString()
  return {
    lessonId: randomUUIDv7(),
    tutorId: world.people.tutor.userId,
    type: 'individual',
    subject: 'maths',
    startsAt: heldAt,
    minutes,
    zone: 'Europe/Moscow',
    version: 2,
    ...lesson,
    heldAt,
    students: [{ studentId: world.people[who].userId, priceMinor: 150_000, currency: 'RUB', attendance, minutes, grade }],
  }
}

export const graded = (percent: number) => ({ scale: 'percent' as const, value: percent, percent, perfect: percent === 100 })

/** The body of lesson.reopened for the same lesson. */
export const reopened = (
  { students, note: _, ...lesson }: CompletedLesson,
  version: number,
): Extract<NewEvent, { name: 'lesson.reopened' }>['body'] => ({
  ...lesson,
  version,
  students: students.map(({ studentId, priceMinor, currency }) => ({ studentId, priceMinor, currency })),
})

export type Sums = Record<string, number>
/** The ledger's sum for each source; throws when they differ from the stored total. */
export async function ledgerOf(world: World, who: Somebody): Promise<{ total: number; sums: Sums }> {
  const id = world.people[who].userId
  const rows = await world.sql<{ source_id: string; sum: number }>(
    'select source_id, sum(delta)::int as sum from student.xp_ledger where student_id = $1 group by 1 having sum(delta) <> 0 order by 1',
    [id],
  )
  const [stored] = await world.sql<{ total_xp: string }>('select total_xp from student.student where student_id = $1', [id])
  const sums = Object.fromEntries(rows.map((row) => [row.source_id, row.sum]))
  const total = Object.values(sums).reduce((sum, one) => sum + one, 0)
  if (total !== Number(stored?.total_xp ?? 0)) throw new Error(`The ledger sums to ${total}, the stored total is ${stored?.total_xp}`)
  return { total, sums }
}
