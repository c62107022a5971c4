import type { FailureCode } from '@repitbot/contracts/failures'
import type { LessonPolicy } from '@repitbot/contracts/lesson-policy'
import { freeUntilOf } from './cancellation-cost.ts'
import type { Lesson, Outcome } from './lesson.ts'
import { lessonRestored } from './lesson-events.ts'

const restoreMsMax = 7 * 24 * 3_600_000
/** So long a family may take back a cancellation that was made by mistake, though cancelling is no longer free. */
const mistakeMs = 5 * 60_000

/** A cancelled lesson takes place after all, without a charge; up to seven days after its start or its cancellation, whichever is later. */
export function restore(lesson: Lesson, by: string, now: Date): Outcome | FailureCode {
  const { cancellation } = lesson
  if (!cancellation) return 'not_cancelled'
  const since = Math.max(Date.parse(lesson.startsAt), Date.parse(cancellation.at))
  if (now.getTime() - since > restoreMsMax) return 'too_late_to_restore'
  const next: Lesson = { ...lesson, status: 'scheduled', cancellation: undefined, version: lesson.version + 1 }
  return { lesson: next, events: [lessonRestored(next, by)] }
}

/** The same by the one of the family who cancelled it: while cancelling is still free or a few minutes later, and before the start. */
export function restoreByFamily(lesson: Lesson, { by, policy }: { by: string; policy: LessonPolicy }, now: Date): Outcome | FailureCode {
  const { cancellation } = lesson
  if (!cancellation) return 'not_cancelled'
  if (cancellation.by !== by) return 'not_yours_to_restore'
  const until = Math.max(freeUntilOf(lesson, policy), Date.parse(cancellation.at) + mistakeMs)
  if (now.getTime() > until || now.getTime() >= Date.parse(lesson.startsAt)) return 'too_late_to_restore'
  return restore(lesson, by, now)
}
