import type { LessonReport } from '@repitbot/contracts/lesson'
import { Failure } from '@repitbot/kit/failure'
import type { Lesson } from '../rules/lesson.ts'
import { rollCallFaults } from '../rules/report.ts'

/** Refuses a report that does not call the lesson's roll, naming each field. */
export function checkReport(lesson: Lesson, report: LessonReport): Lesson {
  const errors = rollCallFaults(lesson, report)
  if (errors.length) throw new Failure('invalid_input', { errors })
  return lesson
}
