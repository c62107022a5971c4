import { localDay } from '@repitbot/contracts/calendar'
import type { Caller } from '@repitbot/contracts/endpoint'
import type { Deps } from '../deps.ts'
import { lacking, type Series, shownSeries } from '../rules/series-lessons.ts'

export async function readSeries({ store, now }: Deps, caller: Caller, id: string) {
  const todayOf = (series: Series) => localDay(now(), series.rule.zone)
  const { series, lessons } = await store.getSeries(caller, id, todayOf)
  const today = todayOf(series)
  const taken = new Set(lessons.map(({ seriesOn }) => seriesOn))
  return {
    ...shownSeries(series),
    exceptions: lessons
      .filter(({ status, movedFrom }) => movedFrom || status.startsWith('cancelled'))
      .map(({ id: lessonId, seriesOn: on, status, startsAt, minutes }) => ({
        on,
        kind: status.startsWith('cancelled') ? ('cancelled' as const) : ('moved' as const),
        lessonId,
        startsAt,
        minutes,
      })),
    unplanned: lacking(series, { from: today, today }, taken)
      .filter(({ startsAt }) => Date.parse(startsAt) > now().getTime())
      .map(({ seriesOn }) => seriesOn ?? ''),
  }
}
