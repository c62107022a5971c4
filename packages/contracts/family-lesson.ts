import { z } from 'zod'
import { api } from './endpoint.ts'
import { Between, FamilyLesson, OneLesson, Reason } from './lesson.ts'

const family = { parent: 'linked', student: 'own' } as const

/** The same lessons for a student and those who look after one. */
export const familyLessonApi = api({
  prefix: '/api/v1/family/lessons',
  endpoints: {
    list: {
      method: 'get',
      path: '/',
      summary: 'Own lessons, or those of the children, between two instants',
      who: family,
      query: Between,
      reply: z.object({ lessons: z.array(FamilyLesson), next: z.string().nullable() }),
    },
    get: {
      method: 'get',
      path: '/:lessonId',
      summary: 'One own lesson, or one of a child',
      who: family,
      params: OneLesson,
      reply: FamilyLesson,
    },
    cancel: {
      method: 'post',
      path: '/:lessonId/cancel',
      summary: 'Call a lesson off; too late a call may be charged, as the school has it',
      who: family,
      params: OneLesson,
      body: z.strictObject({ reason: Reason.optional() }),
      reply: FamilyLesson,
      rate: 'write',
    },
  },
})
