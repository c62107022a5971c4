import { z } from 'zod'
import { api } from './endpoint.ts'
import { FamilyLesson, givers, Seat } from './lesson.ts'
import { Day, Id, Instant, LessonType, Limit, Minutes, Reason, Subject, VideoUrl } from './lesson-fields.ts'
import { lessonFields, oneSeat, Seats, TutorId } from './lesson-plan.ts'
import { WallTime, Zone } from './person-card.ts'
import { Version } from './version.ts'

const rate = 'write'
const Weekday = z.int().min(1).max(7)
const Weekdays = z
  .array(Weekday)
  .min(1)
  .max(7)
  .refine((days) => new Set(days).size === days.length, { error: 'Expected each weekday once' })
const Interval = z.int().min(1).max(12)

/** When the lessons of a series are: wall time in a zone, so that 17:00 stays 17:00 when the clocks change. */
const rule = {
  freq: z.enum(['daily', 'weekly']),
  interval: Interval.default(1).describe('Every how many days or weeks'),
  weekdays: Weekdays.optional().describe('For a weekly series; 1 is Monday, 7 is Sunday'),
  at: WallTime,
  zone: Zone,
  from: Day,
  until: Day.optional().describe('The last day'),
  count: z.int().min(1).max(500).optional().describe('The number of lessons, instead of the last day'),
}
const Exception = z.object({
  on: z.string().describe('The day of the series that the lesson belongs to'),
  kind: z.enum(['cancelled', 'moved']),
  lessonId: Id,
  startsAt: z.iso.datetime(),
  minutes: z.int(),
})

export const Series = z.object({
  id: Id,
  tutorId: Id,
  tutorName: z.string(),
  type: LessonType,
  subject: z.string(),
  minutes: z.int(),
  videoUrl: z.string().optional(),
  freq: z.enum(['daily', 'weekly']),
  interval: z.int(),
  weekdays: z.array(z.int()),
  at: z.string(),
  zone: z.string(),
  from: z.string(),
  until: z.string().optional(),
  count: z.int().optional(),
  version: z.int(),
  students: z.array(Seat.pick({ studentId: true, name: true, priceMinor: true, currency: true })),
})
const SeriesDetail = Series.extend({
  exceptions: z.array(Exception).describe('Future lessons that are cancelled or were moved by hand'),
  unplanned: z.array(z.string()).describe('Days of the coming weeks without a lesson, because somebody was already busy'),
})

const SeriesPlan = z
  .strictObject({
    ...lessonFields,
    ...rule,
    zone: Zone.optional().describe('By default that of the tutor'),
    tutorId: TutorId,
    students: Seats,
  })
  .refine(({ freq, weekdays }) => (freq === 'weekly') === Boolean(weekdays), {
    path: ['weekdays'],
    error: 'Expected weekdays in a weekly series, and none in a daily one',
  })
  .refine(({ until, count }) => !(until && count), { path: ['count'], error: 'Expected either until or count' })
  .refine(({ from, until }) => !until || from <= until, { path: ['until'], error: 'Expected a day not before from' })
  .refine(oneSeat.check, oneSeat.fault)
export type SeriesPlan = z.output<typeof SeriesPlan>

const Scope = z
  .enum(['this', 'following', 'all'])
  .describe('`this`: only the lesson of the day `on`; `following`: that lesson and all after it; `all`: all future lessons')
const dayNeeded = {
  check: ({ scope, on }: { scope: string; on?: string }) => (scope === 'all') === (on === undefined),
  fault: { path: ['on'], error: 'Expected the day of the lesson with the scopes this and following, and none with all' },
}
const SeriesChange = z
  .strictObject({
    scope: Scope,
    version: Version,
    on: Day.optional(),
    date: Day.optional().describe('The new day of this one lesson'),
    at: WallTime.optional(),
    minutes: Minutes.optional(),
    weekdays: Weekdays.optional(),
    interval: Interval.optional(),
    until: Day.nullable().optional().describe('The last day; null: without an end'),
    subject: Subject.optional(),
    videoUrl: VideoUrl.optional(),
    students: Seats.optional(),
  })
  .refine(dayNeeded.check, dayNeeded.fault)
  .refine(({ scope, date }) => scope === 'this' || date === undefined, {
    path: ['date'],
    error: 'Expected a date with the scope this only',
  })
  .refine(({ scope, weekdays, interval, until }) => scope !== 'this' || [weekdays, interval, until].every((field) => field === undefined), {
    path: ['scope'],
    error: 'Expected no weekdays, interval or until with the scope this',
  })
export type SeriesChange = z.output<typeof SeriesChange>
const SeriesCancel = z
  .strictObject({ scope: Scope, on: Day.optional(), reason: Reason.optional(), makeUpCredit: z.boolean().default(false) })
  .refine(dayNeeded.check, dayNeeded.fault)
export type SeriesCancel = z.output<typeof SeriesCancel>
/** What cancelling all that is ahead would call off. */
const SeriesAhead = z.object({
  lessons: z.int().describe('How many lessons are planned; later ones of a series without an end are not planned yet'),
  first: z.iso.datetime().optional(),
  last: z.iso.datetime().optional(),
  students: z.array(Seat.pick({ studentId: true, name: true })),
})

/** A lesson that a series will have, beyond the weeks that are planned ahead: nobody can report, move or cancel it yet. */
const ComingLesson = FamilyLesson.pick({ tutorId: true, tutorName: true, type: true, subject: true, startsAt: true, minutes: true }).extend(
  {
    seriesId: Id,
    seriesOn: Day,
    students: z.array(Seat.pick({ studentId: true, name: true })),
  },
)
export type ComingLesson = z.output<typeof ComingLesson>
const comingDaysMax = 62
const isSpan = ({ from, until }: { from: string; until: string }) => {
  const days = (Date.parse(until) - Date.parse(from)) / 86_400_000
  return days > 0 && days <= comingDaysMax
}

const oneSeries = z.strictObject({ seriesId: Id })
const studentId = Id.optional().describe('Only series of this student')
const after = Id.optional().describe('`next` of the previous page')
/** Lessons that repeat. Each lesson of the next 12 weeks exists as a lesson of its own. */
export const seriesApi = api({
  prefix: '/api/v1/series',
  endpoints: {
    list: {
      method: 'get',
      path: '/',
      summary: 'Series, the newest first',
      who: givers,
      query: z.strictObject({ studentId, after, limit: Limit }),
      reply: z.object({ series: z.array(Series), next: z.string().nullable() }),
    },
    coming: {
      method: 'get',
      path: '/coming',
      summary: 'Lessons that series will have between two instants, beyond the weeks that are planned ahead',
      who: givers,
      query: z
        .strictObject({ from: Instant, until: Instant, studentId, after, limit: Limit.describe('The number of series in a page') })
        .refine(isSpan, { path: ['until'], error: `Expected an instant after from, at most ${comingDaysMax} days later` }),
      reply: z.object({ coming: z.array(ComingLesson), next: z.string().nullable() }),
    },
    get: {
      method: 'get',
      path: '/:seriesId',
      summary: 'One series with its exceptions',
      who: givers,
      params: oneSeries,
      reply: SeriesDetail,
    },
    plan: { method: 'post', path: '/', summary: 'Plan a series', who: givers, body: SeriesPlan, reply: Series, status: 201, rate },
    change: {
      method: 'patch',
      path: '/:seriesId',
      summary: 'Change one lesson of a series, that lesson and all after it, or all future lessons',
      who: givers,
      params: oneSeries,
      body: SeriesChange,
      reply: Series,
      rate,
    },
    cancel: {
      method: 'post',
      path: '/:seriesId/cancel',
      summary: 'Cancel one lesson of a series, that lesson and all after it, or all future lessons',
      who: givers,
      params: oneSeries,
      body: SeriesCancel,
      reply: Series,
      rate,
    },
    ahead: {
      method: 'get',
      path: '/:seriesId/ahead',
      summary: 'Which lessons a cancellation would call off: all from the day `on`, or all that are ahead',
      who: givers,
      params: oneSeries,
      query: z.strictObject({ on: Day.optional() }),
      reply: SeriesAhead,
    },
    undo: {
      method: 'post',
      path: '/:seriesId/undo',
      summary: 'Put a series and its lessons back as they stood before its last change or cancellation, within 24 hours',
      who: givers,
      params: oneSeries,
      body: z.strictObject({ version: Version }),
      reply: Series,
      rate,
    },
  },
})
