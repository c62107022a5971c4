import { z } from 'zod'
import { api } from './endpoint.ts'
import { Language, Zone } from './person-card.ts'
import { Name } from './profile.ts'
import { Version } from './version.ts'

export const School = z.object({ id: z.uuid(), name: z.string(), language: Language, zone: z.string(), version: z.int() })
export type School = z.output<typeof School>

export const schoolApi = api({
  prefix: '/api/v1/school',
  endpoints: {
    get: {
      method: 'get',
      path: '/',
      summary: 'Your school',
      who: { admin: 'school', tutor: 'own', parent: 'own', student: 'own' },
      reply: School,
    },
    change: {
      method: 'patch',
      path: '/',
      summary: 'Change your school',
      who: { admin: 'school' },
      rate: 'write',
      body: z.strictObject({ name: Name, language: Language, zone: Zone }).partial().extend({ version: Version }),
      reply: School,
    },
  },
})
