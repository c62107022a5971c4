import { Attendance, GradeScale } from '@repitbot/contracts/lesson'
import { LessonType } from '@repitbot/contracts/lesson-fields'
import { changesOf, day, type FieldRows, instant, maybe, text } from '@repitbot/kit/testing/saved-whole'
import fc from 'fast-check'
import type { Cancellation, Lesson, SealedNote, Seat } from '../src/rules/lesson.ts'
import type { Rule } from '../src/rules/series.ts'
import type { Series } from '../src/rules/series-lessons.ts'

export const [lessonId, otherLessonId, seriesId, otherSeriesId, otherId] = [1, 2, 3, 4, 5].map(
  (n) => `0190a000-0000-7000-8000-00000000000${n}`,
) as [...[string, string, string, string, string]]
/** Who teaches and who learns, and the name on each one's card; filled when the world is open. */
export const tutors: string[] = []
export const students: string[] = []
export const names = new Map<string, string>()

const tutor = fc.nat(1).map((n) => tutors[n] ?? '')
const minutes = fc.integer({ min: 5, max: 480 })
const number = fc.integer({ min: 0, max: 10_000_000 })
const type = fc.constantFrom(...LessonType.options)
const zone = fc.constantFrom('Europe/Moscow', 'Asia/Kathmandu')
const sealed = fc.uint8Array({ minLength: 1, maxLength: 60 }).map((bytes): SealedNote => `\\x${Buffer.from(bytes).toString('hex')}`)
const grade = fc.record({ scale: fc.constantFrom(...GradeScale.options), value: number, percent: number, perfect: fc.boolean() })
const cancellation: fc.Arbitrary<Cancellation> = fc.record({
  by: fc.uuid(),
  at: instant,
  reason: maybe(text),
  chargePercent: number,
  makeUpCredit: fc.boolean(),
  waivedAt: maybe(instant),
})

export const seatRows: FieldRows<Seat> = {
  studentId: { takes: fc.nat(1).map((n) => students[n] ?? '') },
  name: { derived: 'Somebody' },
  priceMinor: { takes: number },
  currency: { takes: text },
  attendance: { takes: maybe(fc.constantFrom(...Attendance.options)) },
  minutes: { takes: maybe(number) },
  grade: { takes: maybe(grade) },
  madeUpBy: { derived: otherId },
}
const seats = fc.uniqueArray(
  changesOf(seatRows).map((seat) => ({ name: '', ...seat }) as Seat),
  { selector: ({ studentId }) => studentId, minLength: 1, maxLength: 2 },
)
export const lessonRows: FieldRows<Lesson> = {
  id: { refused: otherId },
  tutorId: { takes: tutor },
  tutorName: { derived: 'Somebody' },
  type: { takes: type },
  subject: { takes: text },
  topic: { takes: maybe(text) },
  startsAt: { takes: instant },
  minutes: { takes: minutes },
  zone: { takes: zone },
  videoUrl: { takes: maybe(text) },
  seriesId: { takes: maybe(fc.constantFrom(seriesId, otherSeriesId)) },
  seriesOn: { takes: maybe(day) },
  movedFrom: { takes: maybe(instant) },
  makeUpOf: { takes: maybe(fc.uuid()) },
  note: { takes: maybe(text) },
  sealedNote: { takes: maybe(sealed) },
  status: { takes: fc.constantFrom('scheduled', 'completed', 'cancelled_free', 'cancelled_chargeable') },
  cancellation: { takes: maybe(cancellation) },
  version: { takes: number },
  students: { takes: seats },
}
export const ruleRows: FieldRows<Rule> = {
  freq: { takes: fc.constantFrom('daily', 'weekly') },
  interval: { takes: fc.integer({ min: 1, max: 12 }) },
  weekdays: { takes: fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 7 }) },
  at: { takes: text },
  zone: { takes: zone },
  from: { takes: day },
  until: { takes: maybe(day) },
  count: { takes: maybe(number) },
}
export const seriesRows: FieldRows<Series> = {
  id: { refused: otherId },
  tutorId: { takes: tutor },
  tutorName: { derived: 'Somebody' },
  type: { takes: type },
  subject: { takes: text },
  minutes: { takes: minutes },
  videoUrl: { takes: maybe(text) },
  rule: { takes: changesOf(ruleRows) as fc.Arbitrary<Rule> },
  version: { takes: number },
  students: {
    takes: seats.map((all) => all.map(({ studentId, name, priceMinor, currency }) => ({ studentId, name, priceMinor, currency }))),
  },
}

/** What is read after a save: names come from people's cards. */
export const withNames = <T extends Lesson | Series>(thing: T): T => ({
  ...thing,
  tutorName: names.get(thing.tutorId),
  students: thing.students.map((one) => ({ ...one, name: names.get(one.studentId) })),
})
