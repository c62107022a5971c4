import type { Caller } from '@repitbot/contracts/endpoint'
import type { Transaction } from '@repitbot/kit/database'
import type { SeriesOutcome } from '../rules/change-series.ts'
import type { Lesson } from '../rules/lesson.ts'
import type { Series } from '../rules/series-lessons.ts'
import { formersIn } from './formers.ts'
import { insertLessons, type LessonChange, refuseClosed, saveLessons } from './lessons.ts'

/** `before` is the series that a change began with, where the change can be taken back; `locked` are its lessons as they were. */
type Saving = { outcome: SeriesOutcome; before?: Series; locked: Map<string, Lesson>; now: Date }

/** Saves the lessons of a changed series, keeps what they were for `undo`, and publishes the events. The series itself is saved before. */
export async function saveSeriesOutcome(tx: Transaction, caller: Caller, { outcome, before, locked, now }: Saving): Promise<Series> {
  const { series, changed, added } = outcome
  const changes = changed.map(({ lesson: next }) => {
    const was = locked.get(next.id)
    if (!was) throw new Error('A decision changed a lesson that it had not locked')
    return { before: was, next }
  })
  const lessons = added.map(({ lesson }) => lesson)
  await refuseClosed(tx, caller, changes, now)
  await saveLessons(tx, caller, changes)
  await insertLessons(tx, caller, lessons)
  if (before) keepFormers(tx, caller, { outcome, before, changes, now })
  tx.publish(...[...changed, ...added].flatMap(({ events }) => events))
  return series
}

/** A change of one day leaves the series as it was: it is taken back as a change of that lesson alone. */
function keepFormers(
  tx: Transaction,
  caller: Caller,
  { outcome, before, changes, now }: { outcome: SeriesOutcome; before: Series; changes: LessonChange[]; now: Date },
): void {
  const { series, ended, added } = outcome
  const formers = formersIn(tx, caller, now)
  if (series === before) {
    for (const { before: was, next } of changes) formers.keepLesson(was, next)
    return
  }
  const touched = [
    ...changes.map(({ before: was, next }) => ({ id: next.id, version: next.version, before: was })),
    ...added.map(({ lesson: { id, version } }) => ({ id, version })),
  ]
  formers.keepSeries(series, { series: before, endedVersion: ended?.version, touched })
}
