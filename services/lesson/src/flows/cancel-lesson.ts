import type { Caller } from '@repitbot/contracts/endpoint'
import type { CancellationCost } from '@repitbot/contracts/family-lesson'
import { Failure, orThrow } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { cancel } from '../rules/cancel.ts'
import { type Cost, cancellationCost, costsMoreThan } from '../rules/cancellation-cost.ts'

type Cancelling = { lessonId: string; reason?: string }

/** By the tutor or the school: free for the family. */
export const cancelLesson = ({ store, now }: Deps, caller: Caller, { lessonId, ...details }: Cancelling & { makeUpCredit: boolean }) =>
  store.changeLesson(caller, lessonId, (lesson) => orThrow(cancel(lesson, { by: caller.userId, ...details }, now())))

/** What it would cost the family now. A student whose lessons others pay for is told no sum. */
export async function readCancellationCost({ store, now }: Deps, caller: Caller, lessonId: string): Promise<CancellationCost> {
  const [terms, lesson] = await Promise.all([store.getFamilyTerms(caller), store.getLesson(caller, lessonId, 'every seat')])
  const { chargeMinor, currency, ...cost } = orThrow(cancellationCost(lesson, terms, now()))
  return terms.mayCharge ? { ...cost, chargeMinor, currency } : cost
}

/** By the family: as the policy of the school has it, and never for more than the family was shown. */
export async function cancelLessonByFamily(
  { store, now }: Deps,
  caller: Caller,
  { lessonId, reason, ...shown }: Cancelling & Pick<Cost, 'chargePercent' | 'chargeMinor'>,
) {
  const terms = await store.getFamilyTerms(caller)
  return store.changeLesson(caller, lessonId, (lesson) => {
    const cost = orThrow(cancellationCost(lesson, terms, now()))
    if (costsMoreThan(cost, shown)) throw new Failure('charge_changed', { with: cost })
    return orThrow(cancel(lesson, { by: caller.userId, reason, chargePercent: cost.chargePercent }, now()))
  })
}
