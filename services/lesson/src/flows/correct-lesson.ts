import type { Caller } from '@repitbot/contracts/endpoint'
import type { LessonReport } from '@repitbot/contracts/lesson'
import { orThrow } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { correct } from '../rules/correct.ts'
import { checkReport } from './check-report.ts'

type Reporting = { lessonId: string; report: LessonReport }

export const correctLesson = ({ store }: Deps, caller: Caller, { lessonId, report }: Reporting) =>
  store.changeLesson(caller, lessonId, (lesson) => orThrow(correct(checkReport(lesson, report), report)))
