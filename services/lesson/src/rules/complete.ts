import type { FailureCode } from '@repitbot/contracts/failures'
import { type Lesson, type Outcome, refusalUnlessScheduled } from './lesson.ts'
import { lessonReported } from './lesson-events.ts'
import { type Report, withReport } from './report.ts'
import { isSame } from './same.ts'

/** A lesson is reported from its start on, and once; the same report again changes nothing, a different one is refused here, for it is a correction (`correct`). */
export function complete(lesson: Lesson, report: Report, now: Date): Outcome | FailureCode {
  const completed = withReport(lesson, report)
  if (lesson.status === 'completed' && isSame(lesson, completed)) return { lesson, events: [] }
  const refusal = refusalUnlessScheduled(lesson)
  if (refusal) return refusal
  if (Date.parse(lesson.startsAt) > now.getTime()) return 'not_started'
  const next = { ...completed, version: lesson.version + 1 }
  return { lesson: next, events: [lessonReported('lesson.completed', next)] }
}
