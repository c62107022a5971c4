import { addDays } from '@repitbot/contracts/calendar'
import type { ComingLesson } from '@repitbot/contracts/series'
import { seriesAheadDays } from '@repitbot/contracts/series-ahead'
import { givesLessons } from '@repitbot/contracts/teaching'
import type { MemberContext } from '../feature.ts'
import { span } from '../rules/days.ts'
import { readAll } from './read-all.ts'

/** An admin who teaches has days of their own, as a tutor has. */
export const ownOnly = ({ role, me }: MemberContext): boolean => role === 'admin' && givesLessons(me.card)

/** What series will have between two days of the reader, beyond the weeks that are planned; of those weeks nothing is asked. */
export async function listComing(context: MemberContext, from: string, until: string): Promise<ComingLesson[]> {
  const { api, me, role, wall, today } = context
  const gives = role === 'admin' || role === 'tutor'
  if (!gives || until < addDays(today, seriesAheadDays - 1)) return []
  const between = span(from, until, wall.zone)
  const all = await readAll<ComingLesson>(async (after) => {
    const page = await api.series.coming({ ...between, after, limit: 500 })
    return { items: page.coming, next: page.next }
  })
  const coming = ownOnly(context) ? all.filter(({ tutorId }) => tutorId === me.userId) : all
  return coming.toSorted((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt))
}
