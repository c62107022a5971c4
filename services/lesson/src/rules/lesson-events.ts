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

export const lessonPlanned = (lesson: Lesson): NewEvent => ({ name: 'lesson.planned', body: asPlanned(lesson) })
/** A lesson that was planned before, as it is now; consumers keep the highest version, and `was` says what to tell people. */
export const lessonChanged = (lesson: Lesson, was: Lesson, by: string): NewEvent => ({
  name: 'lesson.planned',
  body: { ...asPlanned(lesson), was: asBefore(was, by) },
})
const asBefore = ({ subject, minutes, students }: Lesson, by: string) => ({ by, subject, minutes, students: students.map(priced) })
export const lessonMoved = (lesson: Lesson, movedFrom: string, movedBy: string): NewEvent => ({
  name: 'lesson.moved',
  body: { ...asPlanned(lesson), movedFrom, movedBy },
})
export const lessonReopened = (lesson: Lesson): NewEvent => ({
  name: 'lesson.reopened',
  body: { ...about(lesson), heldAt: lesson.startsAt, students: lesson.students.map(priced) },
})

export const lessonCancelled = (lesson: Lesson, { by, reason, chargePercent, makeUpCredit, waivedAt }: Cancellation): NewEvent => ({
  name: 'lesson.cancelled',
  body: { ...asPlanned(lesson), cancelledBy: by, reason, chargePercent, makeUpCredit, waived: waivedAt ? true : undefined },
})

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
