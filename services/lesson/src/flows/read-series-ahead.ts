import { localDay } from '@repitbot/contracts/calendar'
import type { Caller } from '@repitbot/contracts/endpoint'
import type { Deps } from '../deps.ts'
import { cancelSeries } from '../rules/change-series.ts'

/** Whose lessons a cancellation from a day on would call off, how many, and from when until when: judged as the cancellation itself is. */
export async function readSeriesAhead({ store, now }: Deps, caller: Caller, { seriesId, on = '' }: { seriesId: string; on?: string }) {
  const at = now()
  const { series, lessons } = await store.getSeries(caller, seriesId, ({ rule }) => localDay(at, rule.zone))
  const today = localDay(at, series.rule.zone)
  const { changed } = cancelSeries(series, lessons, { since: on > today ? on : today, today, now: at, by: caller.userId })
  const starts = changed.map(({ lesson }) => lesson.startsAt).sort()
  const students = new Map(changed.flatMap(({ lesson }) => lesson.students.map(({ studentId, name }) => [studentId, { studentId, name }])))
  return { lessons: changed.length, first: starts[0], last: starts.at(-1), students: [...students.values()] }
}
