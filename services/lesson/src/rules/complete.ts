import type { FailureCode } from '@repitbot/contracts/failures'
import type { LessonReport } from '@repitbot/contracts/lesson'
import { type Lesson, type Outcome, settled } from './lesson.ts'
import { reported } from './lesson-events.ts'
import { withReport } from './report.ts'
import { same } from './same.ts'

/** A lesson is reported from its start on, and once; the same report again changes nothing, a different one is a correction, a verb of its own. */
export function complete(lesson: Lesson, report: LessonReport, now: Date): Outcome | FailureCode {
  const completed = withReport(lesson, report)
  if (lesson.status === 'completed' && same(lesson, completed)) return { lesson, events: [] }
  const refusal = settled(lesson)
  if (refusal) return refusal
  if (Date.parse(lesson.startsAt) > now.getTime()) return 'not_started'
  const next = { ...completed, version: lesson.version + 1 }
  return { lesson: next, events: [reported('lesson.completed', next)] }
}
