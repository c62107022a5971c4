import type { Heard } from '@repitbot/contracts/events'
import { type HeardLesson, takenBack } from './facts.ts'

type Told = Heard<'lesson.completed' | 'lesson.corrected'>

/** A report as the service keeps it. */
export const reported = (event: Told): HeardLesson => ({
  lessonId: event.body.lessonId,
  version: event.body.version,
  reports: event.body.students.map(({ studentId, minutes, attendance, grade }) => ({
    ...lessonOf(event),
    studentId,
    held: true,
    minutes,
    attendance,
    percent: grade?.percent ?? null,
  })),
})

/** A lesson taken back: nothing of it is held any more, for anybody. */
export const takenBackAll = (event: Heard<'lesson.reopened'>): HeardLesson => ({
  lessonId: event.body.lessonId,
  version: event.body.version,
  reports: event.body.students.map(({ studentId }) => ({ ...lessonOf(event), studentId, minutes: event.body.minutes, ...takenBack })),
})

const lessonOf = ({ id, schoolId, correlationId, body }: Told | Heard<'lesson.reopened'>) => ({
  schoolId,
  correlationId,
  eventId: id,
  lessonId: body.lessonId,
  version: body.version,
  heldAt: Date.parse(body.heldAt),
  type: body.type,
  subject: body.subject,
})
