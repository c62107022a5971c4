import { addDays, localDay } from '@repitbot/contracts/calendar'
import { seriesAheadDays } from '@repitbot/contracts/series-ahead'
import type { SeriesLesson } from './reschedule-series.ts'
import { latest, occurrences } from './series.ts'
import { lessonOf, type Series } from './series-lessons.ts'

/**
 * The lessons that a series will have between two instants: those of the days that no night has planned yet, the first of them twelve weeks
 * ahead. `taken` are the days that have a lesson, wherever it was moved.
 */
export function comingLessons(
  series: Series,
  { from, until, now }: { from: string; until: string; now: Date },
  taken: Set<string>,
): (SeriesLesson & { seriesId: string })[] {
  const { zone } = series.rule
  const first = latest(addDays(localDay(now, zone), seriesAheadDays), localDay(from, zone))
  return occurrences(series.rule, { from: first, until: localDay(until, zone) })
    .filter(({ on, startsAt }) => !taken.has(on) && Date.parse(startsAt) >= Date.parse(from) && Date.parse(startsAt) < Date.parse(until))
    .map((occurrence) => ({ ...lessonOf(series, occurrence), seriesId: series.id }))
}
