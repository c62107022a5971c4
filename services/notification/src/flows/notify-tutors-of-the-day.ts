import { addDays, startOfDay } from '@repitbot/contracts/calendar'
import { InstantText } from '@repitbot/contracts/events'
import type { Deps, Unit } from '../deps.ts'
import { direct } from '../rules/draft.ts'
import type { ListedLesson } from '../rules/kinds.ts'

/** When no process ran at the time that a tutor has set, the notice comes at most so much later. */
const lateMax = '2 hours'

type DayDue = { schoolId: string; userId: string; code: 'agenda' | 'evening_report'; day: string }

/** In the morning the lessons of the day ahead, in the evening those of the day behind, at the times that each tutor has set. A day without lessons has no notice. */
export async function notifyTutorsOfTheDay(deps: Deps): Promise<void> {
  const due = await deps.store.listDaysDue(deps.now(), lateMax)
  for (const one of due) await deps.store.transaction(one, (unit) => notifyTutor(deps, unit, one))
}

async function notifyTutor(deps: Deps, unit: Unit, { schoolId, userId, code, day }: DayDue) {
  const card = await unit.findCard(userId)
  if (!card) return
  const until = startOfDay(addDays(day, 1), card.zone)
  const lessons = await unit.listDay(userId, { from: startOfDay(day, card.zone), until })
  if (!lessons.length) return
  const listed = lessons.map(({ startsAt, ...lesson }): ListedLesson => ({ ...lesson, at: InstantText.parse(startsAt.toISOString()) }))
  const reported = lessons.filter((lesson) => lesson.reported).length
  const params = {
    count: code === 'agenda' ? lessons.length : reported,
    unreported: lessons.length - reported,
    lessons: JSON.stringify(listed),
  }
  const source = { schoolId, correlationId: deps.correlationId() }
  const of = { recipientId: userId, audience: 'tutor', params, entity: userId, version: day, link: { kind: 'day', id: userId } } as const
  await unit.saveNotices([direct(code, source, { ...of, expiresAt: until.toISOString() }, deps.now())], deps.now())
}
