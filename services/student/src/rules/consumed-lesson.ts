import type { ConsumedEvent } from '@repitbot/contracts/events'
import { type ConsumedLesson, takenBack } from './facts.ts'

type Told = ConsumedEvent<'lesson.completed' | 'lesson.corrected'>

/** A report as the service keeps it. */
export const reported = (event: Told): ConsumedLesson => ({
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
export const takenBackAll = (event: ConsumedEvent<'lesson.reopened'>): ConsumedLesson => ({
  lessonId: event.body.lessonId,
  version: event.body.version,
  reports: event.body.students.map(({ studentId }) => ({ ...lessonOf(event), studentId, minutes: event.body.minutes, ...takenBack })),
})

const lessonOf = ({ id, schoolId, correlationId, body }: Told | ConsumedEvent<'lesson.reopened'>) => ({
  schoolId,
  correlationId,
  eventId: id,
  lessonId: body.lessonId,
  version: body.version,
  heldAt: Date.parse(body.heldAt),
  type: body.type,
  subject: body.subject,
})
