import type { ConsumedEvent } from '@repitbot/contracts/events'
import { count, flag, instant, lessonZone, number, optional, text } from '../kinds.ts'
import { type AboutFor, type Audience, notice } from '../notice.ts'

type Planned = ConsumedEvent<'lesson.planned'>
type Moved = ConsumedEvent<'lesson.moved'>
type Cancelled = ConsumedEvent<'lesson.cancelled'>

const planned = { subject: text, startsAt: instant, zone: lessonZone, minutes: number }
/** Lessons of one series that change by one request are one notice, which counts them. */
const ofSeries = { seriesId: optional(text), count: optional(count) }

const family = ['student', 'parent'] as const
const everybody = ['student', 'parent', 'tutor'] as const
const soonMs = 12 * 3_600_000
/** A change of a lesson in the next 12 hours cannot wait for the morning. */
const isSoon = ({ startsAt, movedFrom }: { startsAt: string; movedFrom?: string }, at: Date) =>
  [startsAt, movedFrom].some((one) => one !== undefined && Math.abs(Date.parse(one) - at.getTime()) < soonMs)

/** Notices of lessons ahead: planned, moved, cancelled. */
export const lessonNotices = {
  lesson_planned: notice({
    to: family,
    params: planned,
    after: { 'lesson.planned': (event) => (event.body.seriesId ? [] : ofLesson(event)) },
  }),
  series_planned: notice({ to: family, params: planned, after: { 'lesson.planned': afterSeriesPlanned } }),
  lesson_moved: notice({
    to: everybody,
    params: { ...planned, ...ofSeries, movedFrom: instant },
    after: { 'lesson.moved': afterMoved },
    bypass: isSoon,
  }),
  lesson_length: notice({
    to: family,
    params: planned,
    after: { 'lesson.moved': (event) => (isMoved(event.body) ? [] : ofLesson(event)) },
  }),
  lesson_cancelled: notice({
    to: everybody,
    params: {
      ...planned,
      ...ofSeries,
      reason: optional(text),
      chargePercent: optional(number),
      makeUpCredit: optional(flag),
    },
    after: { 'lesson.cancelled': afterCancelled },
    bypass: isSoon,
    lines: ({ reason, chargePercent, makeUpCredit }) => [
      reason !== undefined && 'reason',
      chargePercent !== undefined && 'charge',
      makeUpCredit === true && 'make_up',
    ],
  }),
}

/** A lesson ahead, for each of its students. A notice that is only about the plan ends at its start. */
const ofLesson = ({ body }: Planned): AboutFor<Audience, typeof planned>[] =>
  body.students.map(({ studentId }) => ({
    studentId,
    tutorId: body.tutorId,
    entity: body.lessonId,
    version: body.version,
    link: { kind: 'lesson', id: body.lessonId },
    params: { subject: body.subject, startsAt: body.startsAt, zone: body.zone, minutes: body.minutes },
    expiresAt: body.startsAt,
  }))

/** Once for a whole series: its later lessons, and those planned in weeks to come, are the same entity and version. */
function afterSeriesPlanned(event: Planned) {
  const { seriesId: id } = event.body
  if (!id) return []
  return ofLesson(event).map((about) => ({
    ...about,
    entity: id,
    version: 1,
    link: { kind: 'series' as const, id },
    expiresAt: undefined,
  }))
}

const isMoved = ({ startsAt, movedFrom }: Moved['body']) => Date.parse(startsAt) !== Date.parse(movedFrom)
function afterMoved(event: Moved) {
  if (!isMoved(event.body)) return []
  const { movedFrom, movedBy, tutorId } = event.body
  // An event may not name who moved the lesson; then it was usually the tutor.
  return ofLesson(event).map((about) => ({ ...about, by: movedBy ?? tutorId, ...inSeries(event, { ...about.params, movedFrom }, about) }))
}

function afterCancelled(event: Cancelled) {
  const { cancelledBy: by, reason, chargePercent, makeUpCredit, waived } = event.body
  if (waived) return []
  const forParents = { chargePercent: chargePercent > 0 ? chargePercent : undefined, makeUpCredit: makeUpCredit || undefined }
  return ofLesson(event).map((about) => ({
    ...about,
    by,
    forParents,
    expiresAt: undefined,
    ...inSeries(event, { ...about.params, reason }, about),
  }))
}

/** Lessons of a series that change by one request get the same key, and so one notice; a single lesson keeps its own. */
function inSeries<Values>(
  { body: { seriesId }, correlationId }: Planned,
  params: Values,
  { entity, version }: Pick<AboutFor<Audience, typeof planned>, 'entity' | 'version'>,
) {
  return seriesId ? { entity: seriesId, version: correlationId, params: { ...params, seriesId, count: 1 } } : { entity, version, params }
}
