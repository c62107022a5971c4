import { Refused } from '@repitbot/contracts/client'
import { moneyText } from '@repitbot/contracts/money'
import type { MemberContext } from '../feature.ts'
import { type LessonView, namesOf, whenOf } from '../rules/lessons.ts'
import { button, type Screen } from '../rules/screen.ts'
import { short } from '../rules/taps.ts'
import { instantOn } from '../rules/when.ts'
import { lastRow } from './show-menu.ts'

/** Asks the family to confirm, and names what it costs now: the button repeats it, and carries what was shown. */
export async function askFamilyToCancel(context: MemberContext, lesson: LessonView): Promise<Screen> {
  const { words, wall, api } = context
  const { chargePercent, chargeMinor = 0, currency, freeUntil, ...policy } = await api.familyLessons.cancellation({ lessonId: lesson.id })
  const names = namesOf(lesson)
  const cost = currency ? moneyText(chargeMinor, currency, words.language) : ''
  const ask = words.html('lesson.cancelAskFamily', { names, subject: lesson.subject, when: whenOf(lesson, wall) })
  const told =
    chargePercent > 0
      ? words.html('lesson.cancelCosts', { percent: chargePercent, cost, hours: policy.noticeHours })
      : policy.lateChargePercent > 0
        ? words.html('lesson.cancelFreeUntil', { until: instantOn(wall, freeUntil), percent: policy.lateChargePercent })
        : words.html('lesson.cancelFree')
  const label =
    chargePercent > 0
      ? words.text('lesson.cancelYesFor', { percent: chargePercent, cost })
      : words.text('lesson.cancelYes', { name: names })
  const shown = [lesson.version, chargePercent, chargeMinor].map((one) => one.toString(36)).join('.')
  return {
    lines: [...ask.split('\n'), '', told],
    rows: [
      [button(label, 'offyes', `${short(lesson.id)}.${shown}`)],
      ...lastRow(context, button(words.text('back'), 'les', short(lesson.id))),
    ],
  }
}

/** Cancels for what the button said; undefined when it costs more by now, and nothing is cancelled. */
export async function cancelAsShown(
  { api, once }: MemberContext,
  { id: lessonId }: LessonView,
  shown: string[],
): Promise<LessonView | undefined> {
  const [chargePercent = 0, chargeMinor = 0] = shown.map((one) => Number.parseInt(one, 36))
  try {
    return await api.familyLessons.cancel({ lessonId, chargePercent, chargeMinor }, once())
  } catch (refused) {
    if (refused instanceof Refused && refused.problem.code === 'charge_changed') return undefined
    throw refused
  }
}
