import type { Caller } from '@repitbot/contracts/endpoint'
import type { LessonReport } from '@repitbot/contracts/lesson'
import { orThrow } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { complete } from '../rules/complete.ts'
import { checkReport, withSealedNote } from './check-report.ts'

type Reporting = { lessonId: string; report: LessonReport }

export const completeLesson = ({ store, notes, now }: Deps, caller: Caller, { lessonId, report }: Reporting) =>
  store.changeLesson(caller, lessonId, (lesson) =>
    orThrow(complete(checkReport(lesson, report), withSealedNote(notes, lesson, report), now())),
  )
