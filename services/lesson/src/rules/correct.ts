import type { FailureCode } from '@repitbot/contracts/failures'
import type { Lesson, Outcome } from './lesson.ts'
import { lessonReported } from './lesson-events.ts'
import { type Report, withReport } from './report.ts'
import { isSame } from './same.ts'

/** Replaces the report of a completed lesson; consumers work out the difference. */
export function correct(lesson: Lesson, report: Report): Outcome | FailureCode {
  if (lesson.status !== 'completed') return 'not_completed'
  const corrected = withReport(lesson, report)
  if (isSame(lesson, corrected)) return { lesson, events: [] }
  const next = { ...corrected, version: lesson.version + 1 }
  return { lesson: next, events: [lessonReported('lesson.corrected', next)] }
}
