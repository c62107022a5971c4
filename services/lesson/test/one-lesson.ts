import { events } from '@repitbot/contracts/events'
import type { LessonReport } from '@repitbot/contracts/lesson'
import { complete } from '../src/rules/complete.ts'
import type { Lesson, Outcome } from '../src/rules/lesson.ts'

export const [tutor, anna, boris] = [1, 2, 3].map((n) => `0190a000-0000-7000-8000-00000000000${n}`) as [string, string, string]
export const start = '2026-09-01T14:00:00.000Z'
/** A group of two, as it is planned; `alone` is with the first of them. */
export const lesson: Lesson = {
  id: '0190a000-0000-7000-8000-000000000009',
  tutorId: tutor,
  tutorName: 'T',
  type: 'group',
  subject: 'Maths',
  startsAt: start,
  minutes: 60,
  zone: 'Europe/Moscow',
  status: 'scheduled',
  version: 1,
  students: [
    { studentId: anna, name: 'A', priceMinor: 150_000, currency: 'RUB' },
    { studentId: boris, name: 'B', priceMinor: 120_000, currency: 'RUB' },
  ],
}
export const alone: Lesson = { ...lesson, type: 'individual', students: lesson.students.slice(0, 1) }
export const report: LessonReport = {
  topic: 'Fractions',
  note: 'Well done',
  students: [
    { studentId: anna, attendance: 'attended', grade: { scale: 'five', value: 5 } },
    { studentId: boris, attendance: 'excused' },
  ],
}
/** So many hours after the start. */
export const at = (offsetHours: number) => new Date(Date.parse(start) + offsetHours * 3_600_000)
/** What a rule decided; each of its events fits the catalogue, without a field more. */
export function done(outcome: Outcome | string): Outcome {
  if (typeof outcome === 'string') throw new Error(outcome)
  for (const { name, body } of outcome.events) events[name].body.strict().parse(JSON.parse(JSON.stringify(body)))
  return outcome
}
export const completed = done(complete(lesson, report, at(1))).lesson
