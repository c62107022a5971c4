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
import type { Person } from './plan.ts'
import { withThoseWhoMay } from './without-person.ts'

/** So long a change can be taken back. */
export const undoMsMax = 24 * 3_600_000

/** `undoes`: the correlation id of the change of a whole series that is taken back. */
type PuttingBack = { by: string; undoes?: string; people: Map<string, Person>; now: Date }

/** The lesson as it stood before its last change, one version on, and said as what it is now: consumers work out the difference. Who may be in no lesson any more is not put back. */
export function putBack(lesson: Lesson, former: Lesson, how: PuttingBack): Outcome {
  const able = former.status === 'scheduled' ? withThoseWhoMay(former, how.people, how.now) : former
  const next: Lesson = { ...able, version: lesson.version + 1 }
  return { lesson: next, events: [eventOf(next, lesson, how)] }
}

function eventOf(next: Lesson, was: Lesson, { by, undoes }: Omit<PuttingBack, 'people' | 'now'>): NewEvent {
  if (next.status === 'completed') return lessonReported(was.status === 'completed' ? 'lesson.corrected' : 'lesson.completed', next)
  if (next.cancellation) return lessonCancelled(next, next.cancellation, undoes)
  if (was.status === 'completed') return lessonReopened(next)
  if (was.cancellation) return lessonRestored(next, by, undoes)
  const isMoved = next.startsAt !== was.startsAt || next.minutes !== was.minutes
  if (isMoved) return lessonMoved(next, { from: was.startsAt, by, back: true, undoes })
  return undoes ? lessonPlanned(next, undoes) : lessonChanged(next, was, by)
}
