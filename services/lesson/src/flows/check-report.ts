import type { LessonReport } from '@repitbot/contracts/lesson'
import { Failure } from '@repitbot/kit/failure'
import type { NoteSeal } from '../deps.ts'
import type { Lesson } from '../rules/lesson.ts'
import { type Report, rollCallFaults } from '../rules/report.ts'

/** Refuses a report that does not call the lesson's roll, naming each field. */
export function checkReport(lesson: Lesson, report: LessonReport): Lesson {
  const errors = rollCallFaults(lesson, report)
  if (errors.length) throw new Failure('invalid_input', { errors })
  return lesson
}

/** The report as it is written into the lesson: nothing below this reads its private note. */
export const withSealedNote = (notes: NoteSeal, { id, sealedNote }: Lesson, { privateNote, ...report }: LessonReport): Report => ({
  ...report,
  sealedNote: notes.next(id, sealedNote, privateNote),
})
