import type { Caller } from '@repitbot/contracts/endpoint'
import type { LessonReport } from '@repitbot/contracts/lesson'
import { orThrow } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { complete } from '../rules/complete.ts'
import { checkReport } from './check-report.ts'

type Reporting = { lessonId: string; report: LessonReport }

export const completeLesson = ({ store, now }: Deps, caller: Caller, { lessonId, report }: Reporting) =>
  store.changeLesson(caller, lessonId, (lesson) => orThrow(complete(checkReport(lesson, report), report, now())))
