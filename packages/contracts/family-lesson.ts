import { z } from 'zod'
import { api } from './endpoint.ts'
import { FamilyLesson, OneLesson } from './lesson.ts'
import { Between, Reason } from './lesson-fields.ts'

/** What calling off a lesson costs at this moment, as the service reckons it. */
export const CancellationCost = z.object({
  freeUntil: z.iso.datetime().describe('Up to this instant, itself included, calling off costs nothing'),
  noticeHours: z.int().describe('How long before the start that is'),
  lateChargePercent: z.int().describe('Percent of the price that it costs later'),
  chargePercent: z.int().describe('Percent of the price that it costs now; 0: nothing'),
  chargeMinor: z.int().optional().describe('The same in the smallest unit of the currency; not for a student whose lessons others pay for'),
  currency: z.string().optional(),
})
export type CancellationCost = z.output<typeof CancellationCost>
/** What the caller was shown; a cancellation that costs more than that is refused. */
const shown = {
  chargePercent: z.int().min(0).max(100).default(0),
  chargeMinor: z.int().min(0).default(0),
}

const family = { parent: 'linked', student: 'own' } as const

/** Lessons for students and parents. */
export const familyLessonApi = api({
  prefix: '/api/v1/family/lessons',
  endpoints: {
    list: {
      method: 'get',
      path: '/',
      summary: 'Your own lessons, or those of your children, that start between two instants',
      who: family,
      query: Between,
      reply: z.object({ lessons: z.array(FamilyLesson), next: z.string().nullable() }),
    },
    get: {
      method: 'get',
      path: '/:lessonId',
      summary: 'One lesson of yours or of your child',
      who: family,
      params: OneLesson,
      reply: FamilyLesson,
    },
    cancellation: {
      method: 'get',
      path: '/:lessonId/cancellation',
      summary: 'What cancelling the lesson costs now, and until when it is free; refused as the cancellation itself would be',
      who: family,
      params: OneLesson,
      reply: CancellationCost,
    },
    cancel: {
      method: 'post',
      path: '/:lessonId/cancel',
      summary: 'Cancel a lesson for what was shown; refused when it costs more than the percent and sum in the request (0 unless given)',
      who: family,
      params: OneLesson,
      body: z.strictObject({ reason: Reason.optional(), ...shown }),
      reply: FamilyLesson,
      rate: 'write',
    },
    restore: {
      method: 'post',
      path: '/:lessonId/restore',
      summary: 'Take back your own cancellation: while cancelling is still free, or for 5 minutes, and before the start',
      who: family,
      params: OneLesson,
      reply: FamilyLesson,
      rate: 'write',
    },
  },
})
