import type { FailureCode } from '@repitbot/contracts/failures'
import { type Lesson, type Outcome, refusalUnlessScheduled } from './lesson.ts'
import { lessonMoved } from './lesson-events.ts'

/**
 * A moved lesson stays the same lesson, one version on, and remembers the start it was first planned for. Back at that start it is not moved
 * any more, and follows its series again.
 */
export function move(lesson: Lesson, to: { startsAt: string; minutes?: number; by: string }): Outcome | FailureCode {
  const refusal = refusalUnlessScheduled(lesson)
  if (refusal) return refusal
  const startsAt = new Date(to.startsAt).toISOString()
  const minutes = to.minutes ?? lesson.minutes
  if (startsAt === lesson.startsAt && minutes === lesson.minutes) return { lesson, events: [] }
  const first = lesson.movedFrom ?? lesson.startsAt
  const isBack = startsAt === first
  const next = { ...lesson, startsAt, minutes, movedFrom: isBack ? undefined : first, version: lesson.version + 1 }
  return { lesson: next, events: [lessonMoved(next, { from: lesson.startsAt, by: to.by, back: isBack && startsAt !== lesson.startsAt })] }
}
