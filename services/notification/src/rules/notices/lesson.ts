import type { ConsumedEvent } from '@repitbot/contracts/events'
import { lateChargeMinor } from '@repitbot/contracts/lesson-policy'
import { count, flag, instant, lessonZone, money, number, optional, people, text, toStoredMoney, toStoredPeople } from '../kinds.ts'
import { type AboutFor, type Audience, notice } from '../notice.ts'

type Planned = ConsumedEvent<'lesson.planned'>
type Moved = ConsumedEvent<'lesson.moved'>
type Cancelled = ConsumedEvent<'lesson.cancelled'>
type Restored = ConsumedEvent<'lesson.restored'>

const planned = { subject: text, startsAt: instant, zone: lessonZone, minutes: number }
/** Lessons of one series that change by one request are one notice, which counts them. */
const ofSeries = { seriesId: optional(text), count: optional(count) }
/** Whose lesson it is, for the tutor. */
const whose = { students: optional(people) }

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
    after: { 'lesson.planned': (event) => (event.body.seriesId || event.body.was ? [] : ofLesson(event)) },
  }),
  lesson_changed: notice({
    to: family,
    params: { ...planned, ...ofSeries, length: optional(number), subjectBefore: optional(text) },
    after: { 'lesson.planned': afterChanged, 'lesson.moved': afterChanged },
    bypass: isSoon,
    lines: ({ subjectBefore, length }) => [subjectBefore !== undefined && 'subject_before', length !== undefined && 'length'],
  }),
  price_changed: notice({
    to: ['parent'],
    params: { ...planned, price: money },
    after: { 'lesson.planned': afterPriceChanged, 'lesson.moved': afterPriceChanged },
  }),
  series_planned: notice({ to: family, params: planned, after: { 'lesson.planned': afterSeriesPlanned } }),
  lesson_moved: notice({
    to: everybody,
    params: { ...planned, ...ofSeries, ...whose, movedFrom: instant },
    after: { 'lesson.moved': afterMoved },
    bypass: isSoon,
  }),
  /** It is back at the time it was first planned for, or at the time before its last move. */
  lesson_as_before: notice({
    to: everybody,
    params: { ...planned, ...ofSeries, ...whose },
    after: { 'lesson.moved': afterMovedBack },
    bypass: isSoon,
  }),
  lesson_restored: notice({
    to: everybody,
    params: { ...planned, ...ofSeries, ...whose },
    after: { 'lesson.restored': afterRestored },
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
      ...whose,
      reason: optional(text),
      chargePercent: optional(number),
      charge: optional(money),
      makeUpCredit: optional(flag),
    },
    after: { 'lesson.cancelled': afterCancelled, 'lesson.planned': afterLeft },
    bypass: isSoon,
    lines: ({ reason, students, charge, makeUpCredit }) => [
      reason !== undefined && 'reason',
      charge !== undefined && 'charge',
      students !== undefined && charge === undefined && 'free',
      makeUpCredit === true && 'make_up',
    ],
  }),
  charge_waived: notice({ to: ['parent'], params: planned, after: { 'lesson.cancelled': afterWaived } }),
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

const whoseOf = ({ body: { students } }: Planned) =>
  students.length ? { students: toStoredPeople(students.map(({ studentId }) => studentId)) } : {}

/** Once for a whole series: its later lessons, and those planned in weeks to come, are the same entity and version. */
function afterSeriesPlanned(event: Planned) {
  const { seriesId: id, was } = event.body
  if (!id || was) return []
  return ofLesson(event).map((about) => ({
    ...about,
    entity: id,
    version: 1,
    link: { kind: 'series' as const, id },
    expiresAt: undefined,
  }))
}

/** Another subject or length; a topic, a link or a type is no reason to write to a family. */
function afterChanged(event: Planned) {
  const { was, minutes, subject } = event.body
  const length = minutes === was?.minutes ? undefined : minutes
  const subjectBefore = subject === was?.subject ? undefined : was?.subject
  if (!was || (length === undefined && subjectBefore === undefined)) return []
  return ofLesson(event).map((about) => ({
    ...about,
    by: was.by,
    ...inSeries(event, { ...about.params, length, subjectBefore }, about),
  }))
}

/** Once for all lessons of a series that get the new price by one request. */
function afterPriceChanged(event: Planned) {
  const { was, students } = event.body
  return ofLesson(event).flatMap((about) => {
    const [before, seat] = [was?.students ?? [], students].map((all) => all.find(({ studentId }) => studentId === about.studentId))
    if (!was || !before || !seat || (before.priceMinor === seat.priceMinor && before.currency === seat.currency)) return []
    const { entity, version } = inSeries(event, {}, about)
    return [
      {
        ...about,
        by: was.by,
        entity,
        version,
        tellsPayers: true,
        params: { ...about.params, price: toStoredMoney(seat.priceMinor, seat.currency) },
      },
    ]
  })
}

/** For a student who is no longer in the lesson it is off, free of charge. */
function afterLeft(event: Planned) {
  const { was } = event.body
  // Who was taken out in their own name was cleared from all lessons, which is said once.
  const left =
    was?.students.filter(({ studentId }) => studentId !== was.by && !event.body.students.some((seat) => seat.studentId === studentId)) ?? []
  return ofLesson({ ...event, body: { ...event.body, students: left } }).map((about) => ({
    ...about,
    // The tutor who changed the lesson knows it, and an admin's change is no call-off for the tutor.
    by: [was?.by ?? '', about.tutorId ?? ''],
    expiresAt: undefined,
  }))
}

const isMoved = ({ startsAt, movedFrom }: Moved['body']) => Date.parse(startsAt) !== Date.parse(movedFrom)
const byWhom = ({ body: { movedBy, tutorId } }: Moved) => movedBy ?? tutorId
function afterMovedBack(event: Moved) {
  if (!event.body.back || !isMoved(event.body)) return []
  return ofLesson(event).map((about) => ({
    ...about,
    by: byWhom(event),
    forTutor: whoseOf(event),
    ...inSeries(event, about.params, about),
  }))
}
function afterRestored(event: Restored) {
  return ofLesson(event).map((about) => ({
    ...about,
    by: event.body.restoredBy,
    tellsPayers: 'ifTold' as const,
    forTutor: whoseOf(event),
    ...inSeries(event, about.params, about),
  }))
}

function afterMoved(event: Moved) {
  if (event.body.back || !isMoved(event.body)) return []
  const { movedFrom, movedBy, tutorId } = event.body
  // An event may not name who moved the lesson; then it was usually the tutor.
  return ofLesson(event).map((about) => ({
    ...about,
    by: movedBy ?? tutorId,
    forTutor: whoseOf(event),
    ...inSeries(event, { ...about.params, movedFrom }, about),
  }))
}

function afterCancelled(event: Cancelled) {
  const { cancelledBy: by, tutorId, reason, makeUpCredit, waived, undoes, cleared } = event.body
  // A lesson that only a change of the series had planned goes with that change: nobody was told of it. Of a cleared student all hear once.
  if (waived || undoes || (cleared && by !== tutorId)) return []
  return ofLesson(event).map((about) => {
    const due = chargeOf(event, about.studentId)
    return {
      ...about,
      by,
      forParents: { ...due, makeUpCredit: makeUpCredit || undefined },
      forTutor: { ...due, ...whoseOf(event) },
      costsParents: due.charge !== undefined,
      tellsPayers: due.charge !== undefined,
      expiresAt: undefined,
      ...inSeries(event, { ...about.params, reason }, about),
    }
  })
}

/** What a cancellation costs the family of one student; nothing where it is free. */
function chargeOf({ body: { chargePercent, students } }: Cancelled, studentId: string) {
  const seat = students.find((one) => one.studentId === studentId)
  const minor = lateChargeMinor(seat?.priceMinor ?? 0, chargePercent)
  return seat && minor > 0 ? { chargePercent, charge: toStoredMoney(minor, seat.currency) } : {}
}

function afterWaived(event: Cancelled) {
  return event.body.waived ? ofLesson(event).map((about) => ({ ...about, tellsPayers: true, expiresAt: undefined })) : []
}

/** Lessons of a series that change by one request get the same key, and so one notice; a single lesson keeps its own. */
function inSeries<Values>(
  { body: { seriesId }, correlationId }: Planned,
  params: Values,
  { entity, version }: Pick<AboutFor<Audience, typeof planned>, 'entity' | 'version'>,
) {
  return seriesId ? { entity: seriesId, version: correlationId, params: { ...params, seriesId, count: 1 } } : { entity, version, params }
}
