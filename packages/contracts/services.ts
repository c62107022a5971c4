import { authApi, trustApi } from './auth.ts'
import { broadcastApi } from './broadcast.ts'
import type { Api } from './endpoint.ts'
import { inboxApi } from './inbox.ts'
import { familyLessonApi, lessonApi, lessonPolicyApi } from './lesson.ts'
import { peopleApi, schoolApi } from './people.ts'
import type { ServiceName } from './ports.ts'
import { preferencesApi } from './preferences.ts'
import { seriesApi } from './series.ts'
import { studentApi } from './student.ts'
import { telegramApi } from './telegram.ts'

/** The API tables that each service answers. */
export const services = {
  user: { apis: { auth: authApi, people: peopleApi, school: schoolApi, trust: trustApi } },
  lesson: { apis: { lessons: lessonApi, familyLessons: familyLessonApi, lessonPolicy: lessonPolicyApi, series: seriesApi } },
  notification: { apis: { inbox: inboxApi, preferences: preferencesApi, broadcasts: broadcastApi } },
  student: { apis: { students: studentApi } },
  bot: { apis: { telegram: telegramApi } },
} as const satisfies Record<ServiceName, { apis: Record<string, Api> }>
