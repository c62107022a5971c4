import { botSamples } from './samples/bot.ts'
import { gatewaySamples } from './samples/gateway.ts'
import { lessonSamples } from './samples/lesson.ts'
import { notificationSamples } from './samples/notification.ts'
import type { AnySample, OneOrMore, Samples } from './samples/sample.ts'
import { studentSamples } from './samples/student.ts'
import { userSamples } from './samples/user.ts'

/** The samples of every row of every contract table: a route without one does not compile. */
const samples: Samples = { ...userSamples, ...lessonSamples, ...studentSamples, ...notificationSamples, ...botSamples, ...gatewaySamples }

export const samplesOf = (api: string, name: string): AnySample[] =>
  [(samples as unknown as Record<string, Record<string, OneOrMore<AnySample>>>)[api]?.[name] ?? []].flat()
