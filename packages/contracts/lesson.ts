import { z } from 'zod'
import { api } from './endpoint.ts'
import { Between, Day, eachOnce, Id, Instant, LessonType, Minutes, Note, Reason, Topic } from './lesson-fields.ts'
import { LessonChange, LessonPlan } from './lesson-plan.ts'
import { Version } from './version.ts'

export const Attendance = z.enum(['attended', 'excused', 'unexcused'])
export type Attendance = z.output<typeof Attendance>
export const GradeScale = z.enum(['five', 'percent', 'hundred', 'pass'])
/** A grade on its own scale, and the same as a percentage. `perfect`: the best grade of the scale. */
export const Grade = z.object({ scale: GradeScale, value: z.number(), percent: z.int().min(0).max(100), perfect: z.boolean() })
export type Grade = z.output<typeof Grade>

/**
 * `awaiting_confirmation`: scheduled, and its end has passed. `rescheduled`: scheduled, at another time than first planned.
 * `cancelled_chargeable`: the family cancelled it too late, and nobody waived the charge.
 */
export const LessonStatus = z.enum([
  'scheduled',
  'rescheduled',
  'awaiting_confirmation',
  'completed',
  'cancelled_free',
  'cancelled_chargeable',
])
export type LessonStatus = z.output<typeof LessonStatus>

/** A student's place in a lesson; with attendance and grade once the lesson is reported. */
export const Seat = z.object({
  studentId: Id,
  name: z.string(),
  priceMinor: z.int(),
  currency: z.string(),
  attendance: Attendance.optional(),
  minutes: z.int().optional(),
  grade: Grade.optional(),
  /** The lesson that makes up for this one, where that was promised. */
  madeUpBy: Id.optional(),
})
const Cancellation = z.object({
  by: Id,
  at: z.iso.datetime(),
  reason: z.string().optional(),
  chargePercent: z.int(),
  /** The tutor promised a lesson at another time, which is worth no money. */
  makeUpCredit: z.boolean(),
  waivedAt: z.iso.datetime().optional(),
})

/** A lesson as its family sees it: only the seats of the students within the caller's reach, and no private note. */
export const FamilyLesson = z.object({
  id: Id,
  tutorId: Id,
  tutorName: z.string(),
  type: LessonType,
  subject: z.string(),
  topic: z.string().optional(),
  startsAt: z.iso.datetime(),
  minutes: z.int(),
  zone: z.string(),
  videoUrl: z.string().optional(),
  seriesId: Id.optional(),
  /** The day of the series that this lesson belongs to, even if it was moved to another day; `on` in the requests to a series. */
  seriesOn: Day.optional(),
  /** The start as first planned, if it was moved. */
  movedFrom: z.iso.datetime().optional(),
  /** The cancelled lesson that this one was promised for. */
  makeUpOf: Id.optional(),
  status: LessonStatus,
  version: z.int(),
  /** The tutor's note to the family. */
  note: z.string().optional(),
  cancellation: Cancellation.optional(),
  students: z.array(Seat),
})
/** A lesson as its tutor and the school see it. */
export const Lesson = FamilyLesson.extend({
  privateNote: z.string().optional(),
  /** There is a private note, sealed with a secret that the platform does not have now; a report without a note keeps it. */
  privateNoteUnreadable: z.literal(true).optional(),
})

const bounds: Record<z.output<typeof GradeScale>, [number, number]> = { five: [1, 5], percent: [0, 100], hundred: [0, 100], pass: [0, 1] }
/** A grade in a report: a whole number, 1 to 5 (`five`), 0 to 100 (`percent`, `hundred`), or 0 and 1 (`pass`). */
export const GradeGiven = z
  .strictObject({ scale: GradeScale, value: z.int().min(0).max(100) })
  .refine(({ scale, value }) => value >= bounds[scale][0] && value <= bounds[scale][1], {
    path: ['value'],
    error: 'Expected 1 to 5 on the scale five, 0 or 1 on pass, 0 to 100 on percent and hundred',
  })
export type GradeGiven = z.output<typeof GradeGiven>

/** A tutor's report of a lesson that took place. It names every student of the lesson; if nobody came, all are `unexcused`. */
export const LessonReport = z.strictObject({
  topic: Topic.optional(),
  note: Note.optional().describe('For the family'),
  privateNote: Note.optional().describe('Visible only to the tutor and the school'),
  students: z
    .array(z.strictObject({ studentId: Id, attendance: Attendance, minutes: Minutes.optional(), grade: GradeGiven.optional() }))
    .min(1)
    .max(30)
    .refine(...eachOnce),
})
export type LessonReport = z.output<typeof LessonReport>

export const givers = { admin: 'school', tutor: 'own' } as const
export const OneLesson = z.strictObject({ lessonId: Id })
const rate = 'write'

/** Lessons for tutors and admins. */
export const lessonApi = api({
  prefix: '/api/v1/lessons',
  endpoints: {
    list: {
      method: 'get',
      path: '/',
      summary: 'Lessons that start between two instants',
      who: givers,
      query: Between,
      reply: z.object({ lessons: z.array(Lesson), next: z.string().nullable() }),
    },
    get: { method: 'get', path: '/:lessonId', summary: 'One lesson', who: givers, params: OneLesson, reply: Lesson },
    plan: { method: 'post', path: '/', summary: 'Plan a single lesson', who: givers, body: LessonPlan, reply: Lesson, status: 201, rate },
    change: {
      method: 'patch',
      path: '/:lessonId',
      summary: 'Change a scheduled lesson: subject, topic, type, length, video link, students and their prices',
      who: givers,
      params: OneLesson,
      body: LessonChange,
      reply: Lesson,
      rate,
    },
    complete: {
      method: 'post',
      path: '/:lessonId/complete',
      summary: 'Report that a lesson took place; sending the same report again changes nothing',
      who: givers,
      params: OneLesson,
      body: LessonReport,
      reply: Lesson,
      rate,
    },
    correct: {
      method: 'put',
      path: '/:lessonId/report',
      summary: 'Replace the report of a completed lesson',
      who: givers,
      params: OneLesson,
      body: LessonReport.extend({ version: Version }),
      reply: Lesson,
      rate,
    },
    reopen: {
      method: 'post',
      path: '/:lessonId/reopen',
      summary: 'Undo the report of a lesson',
      who: givers,
      params: OneLesson,
      reply: Lesson,
      rate,
    },
    move: {
      method: 'post',
      path: '/:lessonId/move',
      summary: 'Move a lesson to another time',
      who: givers,
      params: OneLesson,
      body: z.strictObject({ startsAt: Instant, minutes: Minutes.optional() }),
      reply: Lesson,
      rate,
    },
    cancel: {
      method: 'post',
      path: '/:lessonId/cancel',
      summary: 'Cancel a lesson on the side of the school, free for the family',
      who: givers,
      params: OneLesson,
      body: z.strictObject({ reason: Reason.optional(), makeUpCredit: z.boolean().default(false) }),
      reply: Lesson,
      rate,
    },
    restore: {
      method: 'post',
      path: '/:lessonId/restore',
      summary: 'Bring back a cancelled lesson, up to 7 days after its start or its cancellation; its charge falls away',
      who: givers,
      params: OneLesson,
      reply: Lesson,
      rate,
    },
    undo: {
      method: 'post',
      path: '/:lessonId/undo',
      summary: 'Put a lesson back as it stood before its last change (report, correction, move, cancellation, waiver), within 24 hours',
      who: givers,
      params: OneLesson,
      body: z.strictObject({ version: Version }),
      reply: Lesson,
      rate,
    },
    waive: {
      method: 'post',
      path: '/:lessonId/waive',
      summary: 'Waive the charge of a late cancellation, within 7 days of it',
      who: givers,
      params: OneLesson,
      reply: Lesson,
      rate,
    },
  },
})
