import type { FailureCode } from '@repitbot/contracts/failures'
import type { Lesson, Outcome } from './lesson.ts'
import { lessonReopened } from './lesson-events.ts'

/** Takes a report back: the lesson waits for one again. The services that consumed the old report undo what they made of it. */
export function reopen(lesson: Lesson): Outcome | FailureCode {
  if (lesson.status !== 'completed') return 'not_completed'
  const students = lesson.students.map(({ studentId, name, priceMinor, currency }) => ({ studentId, name, priceMinor, currency }))
  const next: Lesson = { ...lesson, status: 'scheduled', note: undefined, sealedNote: undefined, students, version: lesson.version + 1 }
  return { lesson: next, events: [lessonReopened(next)] }
}
