import { authApi } from './auth.ts'
import { broadcastApi } from './broadcast.ts'
import type { Api } from './endpoint.ts'
import { familyLessonApi } from './family-lesson.ts'
import { inboxApi } from './inbox.ts'
import { lessonApi } from './lesson.ts'
import { lessonPolicyApi } from './lesson-policy.ts'
import { peopleApi } from './people.ts'
import { preferencesApi } from './preferences.ts'
import { schoolApi } from './school.ts'
import { seriesApi } from './series.ts'
import { studentApi } from './student.ts'
import { telegramApi } from './telegram.ts'
import { trustApi } from './trust.ts'
import { unsubscribeApi } from './unsubscribe.ts'

/** The register of services: the default port of each, and the API tables that it implements. */
export const services = {
  user: { port: 8001, apis: { auth: authApi, people: peopleApi, school: schoolApi, trust: trustApi } },
  lesson: { port: 8002, apis: { lessons: lessonApi, familyLessons: familyLessonApi, lessonPolicy: lessonPolicyApi, series: seriesApi } },
  notification: {
    port: 8006,
    apis: { inbox: inboxApi, preferences: preferencesApi, unsubscribe: unsubscribeApi, broadcasts: broadcastApi },
  },
  student: { port: 8008, apis: { students: studentApi } },
  bot: { port: 8010, apis: { telegram: telegramApi } },
} as const satisfies Record<string, { port: number; apis: Record<string, Api> }>

export type ServiceName = keyof typeof services
export const serviceNames = Object.keys(services) as ServiceName[]
