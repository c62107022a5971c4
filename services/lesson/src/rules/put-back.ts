import type { NewEvent } from '@repitbot/contracts/events'
import type { Lesson, Outcome } from './lesson.ts'
import {
  lessonCancelled,
  lessonChanged,
  lessonMoved,
  lessonPlanned,
  lessonReopened,
  lessonReported,
  lessonRestored,
} from './lesson-events.ts'

/** So long a change can be taken back. */
export const undoMsMax = 24 * 3_600_000

/** `undoes`: the correlation id of the change of a whole series that is taken back. */
type PuttingBack = { by: string; undoes?: string }

/** The lesson as it stood before its last change, one version on, and said as what it is now: consumers work out the difference. */
export function putBack(lesson: Lesson, former: Lesson, how: PuttingBack): Outcome {
  const next: Lesson = { ...former, version: lesson.version + 1 }
  return { lesson: next, events: [eventOf(next, lesson, how)] }
}

function eventOf(next: Lesson, was: Lesson, { by, undoes }: PuttingBack): NewEvent {
  if (next.status === 'completed') return lessonReported(was.status === 'completed' ? 'lesson.corrected' : 'lesson.completed', next)
  if (next.cancellation) return lessonCancelled(next, next.cancellation, undoes)
  if (was.status === 'completed') return lessonReopened(next)
  if (was.cancellation) return lessonRestored(next, by, undoes)
  const isMoved = next.startsAt !== was.startsAt || next.minutes !== was.minutes
  if (isMoved) return lessonMoved(next, { from: was.startsAt, by, back: true, undoes })
  return undoes ? lessonPlanned(next, undoes) : lessonChanged(next, was, by)
}
