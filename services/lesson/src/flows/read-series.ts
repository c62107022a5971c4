import { localDay } from '@repitbot/contracts/calendar'
import type { Caller } from '@repitbot/contracts/endpoint'
import type { Deps } from '../deps.ts'
import { missingLessons, type Series, toSeriesReply } from '../rules/series-lessons.ts'

export async function readSeries({ store, now }: Deps, caller: Caller, id: string) {
  const todayOf = (series: Series) => localDay(now(), series.rule.zone)
  const { series, lessons } = await store.getSeries(caller, id, todayOf)
  const today = todayOf(series)
  const taken = new Set(lessons.map(({ seriesOn }) => seriesOn))
  return {
    ...toSeriesReply(series),
    exceptions: lessons
      .filter(({ status, movedFrom }) => movedFrom || status.startsWith('cancelled'))
      .map(({ id: lessonId, seriesOn: on, status, startsAt, minutes }) => ({
        on,
        kind: status.startsWith('cancelled') ? ('cancelled' as const) : ('moved' as const),
        lessonId,
        startsAt,
        minutes,
      })),
    unplanned: missingLessons(series, { from: today, today }, taken)
      .filter(({ startsAt }) => Date.parse(startsAt) > now().getTime())
      .map(({ seriesOn }) => seriesOn ?? ''),
  }
}
