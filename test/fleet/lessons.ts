import { randomUUIDv7 } from 'node:crypto'
import type { LessonReport } from '@repitbot/contracts/lesson'
import type { LessonPlan } from '@repitbot/contracts/lesson-plan'
import type { School } from './school.ts'
import type { Fleet } from './services.ts'

const dayMs = 86_400_000
const types = ['trial', 'group', 'individual', 'make_up', 'intensive', 'mock_exam'] as const

export type HeldLesson = { plan: Omit<LessonPlan, 'zone'>; report: LessonReport }

/**
 * Past lessons of every type, five a day for each pupil, of which the fifth gives no XP; active days are three days apart, so that no streak grows.
 * The same number gives the same lessons.
 */
export function heldLessons({ pupils }: School, count: number, chance: () => number): HeldLesson[] {
  const pupilsEach = pupils.filter(({ tutorId }) => tutorId === pupils[0]?.tutorId).length
  const firstDay = Math.floor(Date.now() / dayMs) - 2
  return Array.from({ length: count }, (_, n): HeldLesson => {
    const at = n % pupils.length
    const nth = Math.floor(n / pupils.length)
    const pupil = pupils[at] as School['pupils'][number]
    const slot = (at % pupilsEach) * 5 + (nth % 5)
    const startsAt = new Date((firstDay - 3 * Math.floor(nth / 5)) * dayMs + (6 * 60 + slot * 30) * 60_000).toISOString()
    const attended = chance() < 0.9
    const grade = attended && chance() < 0.7 ? { grade: { scale: 'percent' as const, value: Math.floor(chance() * 101) } } : {}
    return {
      plan: {
        type: types[Math.floor(chance() * types.length)] ?? 'individual',
        subject: 'Algebra',
        minutes: chance() < 0.1 ? 15 : 30,
        tutorId: pupil.tutorId,
        startsAt,
        students: [{ studentId: pupil.studentId, priceMinor: 150_000, currency: 'RUB' }],
      },
      report: { students: [{ studentId: pupil.studentId, attendance: attended ? 'attended' : 'excused', ...grade }] },
    }
  })
}

/** Inserts lessons that wait for their report directly into the table, where thousands are needed and planning is not measured. They are spread over the year. */
export async function seedLessons(fleet: Fleet, school: School, count: number): Promise<{ id: string; studentId: string }[]> {
  const rows = Array.from({ length: count }, (_, n) => {
    const pupil = school.pupils[n % school.pupils.length] as School['pupils'][number]
    const nth = Math.floor(n / school.pupils.length)
    const startsAt = new Date(Date.now() - 2 * dayMs - (nth % 340) * dayMs - Math.floor(nth / 340) * 60_000).toISOString()
    return { id: randomUUIDv7(), tutor_id: pupil.tutorId, student_id: pupil.studentId, starts_at: startsAt }
  })
  for (let from = 0; from < rows.length; from += 5_000)
    await fleet.sql(
      `with given as (select * from jsonb_to_recordset($2) as g (id uuid, tutor_id uuid, student_id uuid, starts_at timestamptz)), lessons as (
         insert into lesson.lesson (id, school_id, tutor_id, type, subject, starts_at, minutes, zone, status, version)
         select id, $1, tutor_id, 'individual', 'Algebra', starts_at, 60, 'Europe/Moscow', 'scheduled', 1 from given)
       insert into lesson.lesson_seat (lesson_id, student_id, school_id, place, price_minor, currency)
       select id, student_id, $1, 1, 150000, 'RUB' from given`,
      [school.schoolId, JSON.stringify(rows.slice(from, from + 5_000))],
    )
  return rows.map(({ id, student_id: studentId }) => ({ id, studentId }))
}

/** The same numbers for the same seed. */
export function randomNumbers(seed: number): () => number {
  let state = seed % 2_147_483_648
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}
