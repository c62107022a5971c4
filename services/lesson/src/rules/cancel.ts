import type { FailureCode } from '@repitbot/contracts/failures'
import type { LessonPolicy } from '@repitbot/contracts/lesson-policy'
import { type Cancellation, type Lesson, type Outcome, refusalUnlessScheduled } from './lesson.ts'
import { lessonCancelled } from './lesson-events.ts'

const hourMs = 3_600_000
const waiveMsMax = 7 * 24 * hourMs
/** The policy of a school that has set none. */
export const defaultPolicy: LessonPolicy = { noticeHours: 24, lateChargePercent: 100 }

/** `policy` is that of the school when the family cancels; the tutor and the school always cancel free of charge. */
type Cancelling = { by: string; reason?: string; makeUpCredit?: boolean; policy?: LessonPolicy }

export function cancel(lesson: Lesson, { by, reason, makeUpCredit = false, policy }: Cancelling, now: Date): Outcome | FailureCode {
  const refusal = refusalUnlessScheduled(lesson)
  if (refusal) return refusal
  const noticeMs = Date.parse(lesson.startsAt) - now.getTime()
  if (policy && noticeMs <= 0) return 'already_started'
  if (policy && lesson.students.length > 1) return 'group_lesson'
  const chargePercent = policy && noticeMs < policy.noticeHours * hourMs ? policy.lateChargePercent : 0
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
export function withCancellation(lesson: Lesson, cancellation: Cancellation): Outcome {
  const status = cancellation.chargePercent > 0 ? 'cancelled_chargeable' : 'cancelled_free'
  const next: Lesson = { ...lesson, status, cancellation, version: lesson.version + 1 }
  return { lesson: next, events: [lessonCancelled(next, cancellation)] }
}
