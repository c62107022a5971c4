import type { NewEvent } from '@repitbot/contracts/events'
import type { Cancellation, Lesson, Seat } from './lesson.ts'

const about = ({ id, tutorId, type, subject, topic, startsAt, minutes, zone, version }: Lesson) => ({
  lessonId: id,
  tutorId,
  type,
  subject,
  topic,
  startsAt,
  minutes,
  zone,
  version,
})
const priced = ({ studentId, priceMinor, currency }: Seat) => ({ studentId, priceMinor, currency })
const asPlanned = (lesson: Lesson) => ({
  ...about(lesson),
  seriesId: lesson.seriesId,
  videoUrl: lesson.videoUrl,
  students: lesson.students.map(priced),
})

export const lessonPlanned = (lesson: Lesson, undoes?: string): NewEvent => ({
  name: 'lesson.planned',
  body: { ...asPlanned(lesson), undoes },
})
/** A lesson that was planned before, as it is now; consumers keep the highest version, and `was` says what to tell people. */
export const lessonChanged = (lesson: Lesson, was: Lesson, by: string): NewEvent => ({
  name: 'lesson.planned',
  body: { ...asPlanned(lesson), was: asBefore(was, by) },
})
const asBefore = ({ subject, minutes, students }: Lesson, by: string) => ({ by, subject, minutes, students: students.map(priced) })
/** `was`: the lesson before, where more than its time has changed. */
type Moving = { from: string; by: string; back?: boolean; undoes?: string; was?: Lesson }
export const lessonMoved = (lesson: Lesson, { from: movedFrom, by: movedBy, back, undoes, was }: Moving): NewEvent => ({
  name: 'lesson.moved',
  body: { ...asPlanned(lesson), movedFrom, movedBy, back: back || undefined, undoes, was: was && asBefore(was, movedBy) },
})
export const lessonRestored = (lesson: Lesson, restoredBy: string, undoes?: string): NewEvent => ({
  name: 'lesson.restored',
  body: { ...asPlanned(lesson), restoredBy, undoes },
})
export const lessonReopened = (lesson: Lesson): NewEvent => ({
  name: 'lesson.reopened',
  body: { ...about(lesson), heldAt: lesson.startsAt, students: lesson.students.map(priced) },
})

export const lessonCancelled = (lesson: Lesson, cancellation: Cancellation, undoes?: string): NewEvent => {
  const { by: cancelledBy, reason, chargePercent, makeUpCredit, waivedAt } = cancellation
  return {
    name: 'lesson.cancelled',
    body: { ...asPlanned(lesson), cancelledBy, reason, chargePercent, makeUpCredit, waived: waivedAt ? true : undefined, undoes },
  }
}

/** A lesson was held when it was planned to start, whenever it is reported. */
export const lessonReported = (name: 'lesson.completed' | 'lesson.corrected', lesson: Lesson): NewEvent => ({
  name,
  body: {
    ...about(lesson),
    heldAt: lesson.startsAt,
    note: lesson.note,
    students: lesson.students.map((seat) => ({
      ...priced(seat),
      attendance: seat.attendance ?? 'unexcused',
      minutes: seat.minutes ?? lesson.minutes,
      grade: seat.grade,
    })),
  },
})
