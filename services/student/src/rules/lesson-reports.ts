import type { ConsumedEvent } from '@repitbot/contracts/events'
import { type LessonReports, takenBack } from './facts.ts'

type ReportEvent = ConsumedEvent<'lesson.completed' | 'lesson.corrected'>
type ReopenedEvent = ConsumedEvent<'lesson.reopened'>

/** The reports in an event about a held lesson, in the shape that the rules count. */
export const reportsOf = (event: ReportEvent): LessonReports => ({
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

/** A reopened lesson counts as held for nobody until it is reported again. */
export const reportsTakenBack = (event: ReopenedEvent): LessonReports => ({
  lessonId: event.body.lessonId,
  version: event.body.version,
  reports: event.body.students.map(({ studentId }) => ({ ...lessonOf(event), studentId, minutes: event.body.minutes, ...takenBack })),
})

const lessonOf = ({ id, schoolId, correlationId, body }: ReportEvent | ReopenedEvent) => ({
  schoolId,
  correlationId,
  eventId: id,
  lessonId: body.lessonId,
  version: body.version,
  heldAt: Date.parse(body.heldAt),
  type: body.type,
  subject: body.subject,
})
