import { z } from 'zod'
import { api } from './endpoint.ts'
import { FamilyLesson, OneLesson } from './lesson.ts'
import { Between, Reason } from './lesson-fields.ts'

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
    cancel: {
      method: 'post',
      path: '/:lessonId/cancel',
      summary: 'Cancel a lesson; a late cancellation may be charged, by the policy of the school',
      who: family,
      params: OneLesson,
      body: z.strictObject({ reason: Reason.optional() }),
      reply: FamilyLesson,
      rate: 'write',
    },
  },
})
