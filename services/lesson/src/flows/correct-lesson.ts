import type { Caller } from '@repitbot/contracts/endpoint'
import type { LessonReport } from '@repitbot/contracts/lesson'
import { agreed } from '@repitbot/kit/failure'
import type { Inside } from '../inside.ts'
import { correct } from '../rules/correct.ts'
import { checkReport } from './check-report.ts'

type Reporting = { lessonId: string; report: LessonReport }

export const correctLesson = ({ store }: Inside, caller: Caller, { lessonId, report }: Reporting) =>
  store.changeLesson(caller, lessonId, (lesson) => agreed(correct(checkReport(lesson, report), report)))
