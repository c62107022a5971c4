import type { Caller } from '@repitbot/contracts/endpoint'
import type { LessonReport } from '@repitbot/contracts/lesson'
import { checkVersion, orThrow } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { correct } from '../rules/correct.ts'
import { checkReport, withSealedNote } from './check-report.ts'

type Reporting = { lessonId: string; version: number; report: LessonReport }

/** The same correction again changes nothing, so it is no conflict. */
export const correctLesson = ({ store, notes }: Deps, caller: Caller, { lessonId, version, report }: Reporting) =>
  store.changeLesson(caller, lessonId, (lesson) => {
    const outcome = orThrow(correct(checkReport(lesson, report), withSealedNote(notes, lesson, report)))
    if (outcome.events.length) checkVersion(lesson, version)
    return outcome
  })
