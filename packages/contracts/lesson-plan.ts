import { z } from 'zod'
import { Currency, eachOnce, Id, Instant, LessonType, Minutes, PriceMinor, Subject, Topic, VideoUrl } from './lesson-fields.ts'
import { Zone } from './person-card.ts'
import { Version } from './version.ts'

export const Seats = z
  .array(z.strictObject({ studentId: Id, priceMinor: PriceMinor, currency: Currency.default('RUB') }))
  .min(1)
  .max(30)
  .refine(...eachOnce)
export const lessonFields = { type: LessonType, subject: Subject, minutes: Minutes, videoUrl: VideoUrl.optional() }
export const TutorId = Id.optional().describe('An admin must name the tutor; a tutor plans their own lessons')
export const oneSeat = {
  check: ({ type, students }: { type: LessonType; students: unknown[] }) => type !== 'individual' || students.length === 1,
  fault: { path: ['students'], error: 'Expected one student in an individual lesson' },
}

export const LessonPlan = z
  .strictObject({
    ...lessonFields,
    tutorId: TutorId,
    topic: Topic.optional(),
    startsAt: Instant,
    zone: Zone.optional().describe('By default that of the tutor'),
    makeUpOf: Id.optional().describe('The cancelled lesson that this one was promised for'),
    students: Seats,
  })
  .refine(oneSeat.check, oneSeat.fault)
export type LessonPlan = z.output<typeof LessonPlan>

/** What changes in a planned lesson: what is left out stays, null takes a topic or a link away. */
export const LessonChange = z.strictObject({
  version: Version,
  type: LessonType.optional(),
  subject: Subject.optional(),
  topic: Topic.nullable().optional(),
  minutes: Minutes.optional(),
  videoUrl: VideoUrl.nullable().optional(),
  students: Seats.optional().describe('Everybody who takes part from now on, each with the price'),
})
export type LessonChange = z.output<typeof LessonChange>
