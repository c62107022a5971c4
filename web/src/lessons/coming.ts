import { addDays, localDay } from '@repitbot/contracts/calendar'
import type { ComingLesson } from '@repitbot/contracts/series'
import { seriesAheadDays } from '@repitbot/contracts/series-ahead'
import { api } from '../clients.ts'
import { overlaps, type Place } from './lessons.ts'

/** A lesson that a series will have, further ahead than lessons are planned. */
export type Coming = ComingLesson

async function readAll(span: { from: string; until: string }): Promise<Coming[]> {
  const all: Coming[] = []
  let after: string | undefined
  do {
    const page = await api.series.coming({ ...span, limit: 500, after })
    all.push(...page.coming)
    after = page.next ?? undefined
  } while (after)
  return all
}

/** What series will hold in a span; nothing is asked of days whose lessons are planned, whatever the zone of the series. */
export const comingIn = ({ from, until }: { from: string; until: string }) => ({
  queryKey: ['series', 'coming', from, until],
  queryFn: () => readAll({ from, until }),
  enabled: localDay(until, 'UTC') >= addDays(localDay(Date.now(), 'UTC'), seriesAheadDays - 1),
})

/** What a series would have at this place: it will leave that day out when a lesson is planned there. */
export const comingAt = (coming: Coming[], place: Place): Coming | undefined => coming.find((one) => overlaps(one, place))
