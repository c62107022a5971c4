import type { FailureCode } from '@repitbot/contracts/failures'
import type { CancellationCost } from '@repitbot/contracts/family-lesson'
import { type LessonPolicy, lateChargeMinor } from '@repitbot/contracts/lesson-policy'
import { type Lesson, refusalUnlessScheduled } from './lesson.ts'

const hourMs = 3_600_000
/** The policy of a school that has set none. */
export const defaultPolicy: LessonPolicy = { noticeHours: 24, lateChargePercent: 100 }
/** How a family cancels: by the policy of the school; `mayCharge` is false for a student whose lessons others pay for. */
export type FamilyTerms = LessonPolicy & { mayCharge: boolean }
export type Cost = Required<CancellationCost>

/** The last instant at which a family cancels free of charge; the start itself where the school never charges. */
export const freeUntilOf = ({ startsAt }: Lesson, { noticeHours, lateChargePercent }: LessonPolicy): number =>
  Date.parse(startsAt) - (lateChargePercent > 0 ? noticeHours * hourMs : 0)

/** What it costs a family to cancel at this instant; refused as the cancellation itself is. */
export function cancellationCost(lesson: Lesson, { mayCharge, ...policy }: FamilyTerms, now: Date): Cost | FailureCode {
  const refusal = refusalUnlessScheduled(lesson)
  if (refusal) return refusal
  if (Date.parse(lesson.startsAt) <= now.getTime()) return 'already_started'
  const [seat, ...others] = lesson.students
  if (!seat || others.length) return 'group_lesson'
  const freeUntil = freeUntilOf(lesson, policy)
  const chargePercent = now.getTime() > freeUntil ? policy.lateChargePercent : 0
  if (chargePercent > 0 && !mayCharge) return 'charge_needs_parent'
  const chargeMinor = lateChargeMinor(seat.priceMinor, chargePercent)
  return { ...policy, freeUntil: new Date(freeUntil).toISOString(), chargePercent, chargeMinor, currency: seat.currency }
}

/** True when the cost is above what the caller was shown: nobody pays what they have not seen. */
export const costsMoreThan = (cost: Cost, shown: Pick<Cost, 'chargePercent' | 'chargeMinor'>): boolean =>
  cost.chargePercent > shown.chargePercent || cost.chargeMinor > shown.chargeMinor
