import { addDays, startOfDay } from '@repitbot/contracts/calendar'
import type { Deps, Unit } from '../deps.ts'
import { direct } from '../rules/draft.ts'
import type { ListedLesson } from '../rules/kinds.ts'
import { sendNotices } from './tell-people.ts'

/** When the clock was away, a day is told so much later and no more. */
const lateMax = '2 hours'

type Due = { schoolId: string; userId: string; code: 'agenda' | 'evening_report'; day: string }

/** Tells each tutor in the morning what the day holds and in the evening what it was, at the time they have set. There is no notice of a day without lessons. */
export async function tellDays(deps: Deps): Promise<void> {
  const due = await deps.store.transaction({ schoolId: [] }, (unit) => unit.listDaysToTell(deps.now(), lateMax))
  for (const one of due) await deps.store.transaction(one, (unit) => tellDay(deps, unit, one))
}

async function tellDay(deps: Deps, unit: Unit, { schoolId, userId, code, day }: Due) {
  const card = await unit.findCard(userId)
  if (!card) return
  const until = startOfDay(addDays(day, 1), card.zone)
  const lessons = await unit.listDay(userId, { from: startOfDay(day, card.zone), until })
  if (!lessons.length) return
  const listed = lessons.map(({ startsAt, ...lesson }): ListedLesson => ({ ...lesson, at: startsAt.toISOString() }))
  const reported = lessons.filter((lesson) => lesson.reported).length
  const params = {
    count: code === 'agenda' ? lessons.length : reported,
    unreported: lessons.length - reported,
    lessons: JSON.stringify(listed),
  }
  const source = { schoolId, correlationId: deps.correlationId() }
  const of = { recipientId: userId, audience: 'tutor', params, entity: userId, version: day, link: { kind: 'day', id: userId } } as const
  await sendNotices(deps, unit, [direct(code, source, { ...of, expiresAt: until.toISOString() }, deps.now())])
}
