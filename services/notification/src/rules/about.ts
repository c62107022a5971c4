import type { ConsumedEvent } from '@repitbot/contracts/events'
import type { About } from './notice.ts'

type Planned = ConsumedEvent<'lesson.planned'>
type Moved = ConsumedEvent<'lesson.moved'>
type Cancelled = ConsumedEvent<'lesson.cancelled'>
type Held = ConsumedEvent<'lesson.completed'>

/** What is told of a lesson that lies ahead, for each of its students. What only tells of the plan ends with its start. */
const ofLesson = ({ body }: Planned): About[] =>
  body.students.map(({ studentId }) => ({
    studentId,
    tutorId: body.tutorId,
    entity: body.lessonId,
    version: body.version,
    link: { kind: 'lesson', id: body.lessonId },
    params: { subject: body.subject, startsAt: body.startsAt, zone: body.zone, minutes: body.minutes },
    expiresAt: body.startsAt,
  }))

export const plannedAlone = (event: Planned) => (event.body.seriesId ? [] : ofLesson(event))

/** Once for a whole series: its later lessons, and those planned in weeks to come, are the same entity and version. */
export const plannedInSeries = (event: Planned): About[] => {
  const { seriesId: id } = event.body
  return id
    ? ofLesson(event).map((about) => ({ ...about, entity: id, version: 1, link: { kind: 'series', id }, expiresAt: undefined }))
    : []
}

const isMoved = ({ startsAt, movedFrom }: Moved['body']) => Date.parse(startsAt) !== Date.parse(movedFrom)
export const moved = (event: Moved) => {
  const { movedFrom, movedBy, tutorId } = event.body
  // Who moved it may not be said; then it was the tutor, as a rule.
  const told = ofLesson(event).map((about) => ({ ...about, by: movedBy ?? tutorId, params: { ...about.params, movedFrom } }))
  return isMoved(event.body) ? gathering(event, told) : []
}
export const resized = (event: Moved) => (isMoved(event.body) ? [] : ofLesson(event))

export const cancelled = (event: Cancelled) => {
  const { cancelledBy: by, reason, chargePercent, makeUpCredit, waived } = event.body
  if (waived) return []
  const charge = chargePercent > 0 ? chargePercent : undefined
  const forParents = { chargePercent: charge, makeUpCredit: makeUpCredit || undefined }
  return gathering(
    event,
    ofLesson(event).map((about) => ({ ...about, by, params: { ...about.params, reason }, forParents, expiresAt: undefined })),
  )
}

/** Lessons of one series that change by one request are one notice, which counts them. */
const gathering = ({ body, correlationId }: Planned, told: About[]): About[] => {
  const { seriesId } = body
  if (!seriesId) return told
  return told.map((about) => ({ ...about, entity: seriesId, version: correlationId, params: { ...about.params, seriesId, count: 1 } }))
}

/** Each student's own part of a report, and nothing of the others'. */
export const reported = ({ body }: Held): About[] =>
  body.students.map(({ studentId, attendance, minutes, grade }) => ({
    studentId,
    entity: body.lessonId,
    version: body.version,
    link: { kind: 'lesson', id: body.lessonId },
    params: {
      subject: body.subject,
      startsAt: body.heldAt,
      zone: body.zone,
      minutes,
      attendance,
      gradeScale: grade?.scale,
      grade: grade?.value,
      topic: body.topic,
      note: body.note,
    },
  }))

/** Progress of a student; once for each `version` of its kind. */
export const progress = (studentId: string, version: number | string, params: About['params']): About[] => [
  { studentId, entity: studentId, version, link: { kind: 'student', id: studentId }, params },
]
