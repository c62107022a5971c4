import type { FailureCode } from '@repitbot/contracts/failures'
import { type Cancellation, type Lesson, type Outcome, refusalUnlessScheduled } from './lesson.ts'
import { lessonCancelled } from './lesson-events.ts'

const waiveMsMax = 7 * 24 * 3_600_000

type Cancelling = { by: string; reason?: string; makeUpCredit?: boolean; chargePercent?: number }

/** Cancels a lesson; free of charge unless a percent is given (`cancellationCost` of a family). */
export function cancel(
  lesson: Lesson,
  { by, reason, makeUpCredit = false, chargePercent = 0 }: Cancelling,
  now: Date,
): Outcome | FailureCode {
  const refusal = refusalUnlessScheduled(lesson)
  if (refusal) return refusal
  return withCancellation(lesson, { by, at: now.toISOString(), reason, chargePercent, makeUpCredit })
}

/** Makes a late cancellation free after all; said as a cancellation again, with the charge it now has. */
export function waive(lesson: Lesson, now: Date): Outcome | FailureCode {
  const { status, cancellation } = lesson
  if (status !== 'cancelled_chargeable' || !cancellation) return 'nothing_to_waive'
  if (now.getTime() - Date.parse(cancellation.at) > waiveMsMax) return 'too_late_to_waive'
  return withCancellation(lesson, { ...cancellation, chargePercent: 0, waivedAt: now.toISOString() })
}

/** The cancelled lesson; what it costs decides the status. */
export function withCancellation(lesson: Lesson, cancellation: Cancellation, undoes?: string): Outcome {
  const status = cancellation.chargePercent > 0 ? 'cancelled_chargeable' : 'cancelled_free'
  const next: Lesson = { ...lesson, status, cancellation, version: lesson.version + 1 }
  return { lesson: next, events: [lessonCancelled(next, cancellation, undoes)] }
}
