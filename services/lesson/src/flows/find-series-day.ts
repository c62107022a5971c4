import { Failure } from '@repitbot/kit/failure'
import type { LockedSeries } from '../deps.ts'
import type { Lesson, Outcome } from '../rules/lesson.ts'
import { lessonPlanned } from '../rules/lesson-events.ts'
import { occurrences } from '../rules/series.ts'
import { lessonOf } from '../rules/series-lessons.ts'

/** The lesson that stands for a day of a series. A day further ahead than planned gets its lesson now, so that it can be cancelled or moved. */
export async function findSeriesDay({ series, lessons }: LockedSeries, on: string): Promise<{ lesson: Lesson; added?: Outcome }> {
  const [there] = (await lessons(on)).filter(({ seriesOn }) => seriesOn === on)
  if (there) return { lesson: there }
  const [occurrence] = occurrences(series.rule, { from: on, until: on })
  if (!occurrence) throw new Failure('not_found', { errors: [{ field: 'on', message: 'Expected a day of the series' }] })
  const lesson = lessonOf(series, occurrence)
  return { lesson, added: { lesson, events: [lessonPlanned(lesson)] } }
}
