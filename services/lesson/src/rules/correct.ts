import type { FailureCode } from '@repitbot/contracts/failures'
import type { LessonReport } from '@repitbot/contracts/lesson'
import type { Lesson, Outcome } from './lesson.ts'
import { reported } from './lesson-events.ts'
import { withReport } from './report.ts'
import { same } from './same.ts'

/** Replaces the report of a completed lesson; hearers work out the differences. */
export function correct(lesson: Lesson, report: LessonReport): Outcome | FailureCode {
  if (lesson.status !== 'completed') return 'not_completed'
  const corrected = withReport(lesson, report)
  if (same(lesson, corrected)) return { lesson, events: [] }
  const next = { ...corrected, version: lesson.version + 1 }
  return { lesson: next, events: [reported('lesson.corrected', next)] }
}
