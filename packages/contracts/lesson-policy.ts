import { z } from 'zod'
import { api } from './endpoint.ts'
import { Version } from './version.ts'

/** What a school charges for a lesson that the family cancels too late. */
export const LessonPolicy = z.strictObject({
  noticeHours: z.int().min(0).max(336).describe('A cancellation this many hours before the lesson, or earlier, is free'),
  lateChargePercent: z
    .union([z.literal(0), z.literal(50), z.literal(100)])
    .describe('Percent of the price that a later cancellation costs'),
})
export type LessonPolicy = z.output<typeof LessonPolicy>
/** The policy as it is stored; a school that has set none has the first version of it. */
const StoredPolicy = LessonPolicy.extend({ version: Version })
export type StoredPolicy = z.output<typeof StoredPolicy>

/** What a late cancellation costs, in minor units: half a unit is rounded up. */
export const lateChargeMinor = (priceMinor: number, percent: number): number => Math.round((priceMinor * percent) / 100)

export const lessonPolicyApi = api({
  prefix: '/api/v1/lesson-policy',
  endpoints: {
    get: {
      method: 'get',
      path: '/',
      summary: 'What a late cancellation costs',
      who: { admin: 'school', tutor: 'school', parent: 'school', student: 'school' },
      reply: StoredPolicy,
    },
    set: {
      method: 'put',
      path: '/',
      summary: 'Set what a late cancellation costs',
      who: { admin: 'school' },
      body: StoredPolicy,
      reply: StoredPolicy,
      rate: 'write',
    },
  },
})
