import type { Caller } from '@repitbot/contracts/endpoint'
import type { LessonReport } from '@repitbot/contracts/lesson'
import { agreed, Failure } from '@repitbot/kit/failure'
import type { Inside } from '../inside.ts'
import { complete } from '../rules/complete.ts'
import { correct } from '../rules/correct.ts'
import type { Lesson } from '../rules/lesson.ts'
import { rollCallFaults } from '../rules/report.ts'

type Reporting = { lessonId: string; report: LessonReport }

export const completeLesson = ({ store, now }: Inside, caller: Caller, { lessonId, report }: Reporting) =>
  store.changeLesson(caller, lessonId, (lesson) => agreed(complete(rollCalled(lesson, report), report, now())))

export const correctLesson = ({ store }: Inside, caller: Caller, { lessonId, report }: Reporting) =>
  store.changeLesson(caller, lessonId, (lesson) => agreed(correct(rollCalled(lesson, report), report)))

function rollCalled(lesson: Lesson, report: LessonReport): Lesson {
  const errors = rollCallFaults(lesson, report)
  if (errors.length) throw new Failure('invalid_input', { errors })
  return lesson
}
