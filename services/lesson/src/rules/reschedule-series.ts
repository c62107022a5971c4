import { mondayOf } from '@repitbot/contracts/calendar'
import { type Lesson, refusalUnlessScheduled } from './lesson.ts'
import type { Occurrence } from './series.ts'

/** A lesson of a series, with the day of the series that it stands for. */
export type SeriesLesson = Lesson & { seriesOn: string }
/**
 * What becomes of each lesson when the rule changes: `keep` pairs it with the occurrence that it now stands for, `stay` is frozen and
 * stands for none, `drop` is cancelled. `add` are the occurrences that have no lesson yet.
 */
export type Reschedule = {
  keep: { lesson: SeriesLesson; to: Occurrence; frozen: boolean }[]
  stay: SeriesLesson[]
  drop: SeriesLesson[]
  add: Occurrence[]
}

/**
 * Pairs the lessons already planned with the occurrences of the changed rule: first by the day, then what is left of each week in its
 * order, so that Monday's lesson moved to Tuesdays stays the same lesson. A frozen lesson (completed, cancelled, moved by hand, before
 * the change or past) is never touched, and still takes up an occurrence: nothing is planned beside it a second time.
 */
export function rescheduleSeries(
  lessons: SeriesLesson[],
  occurrences: Occurrence[],
  { since, horizon, now }: { since: string; horizon: string; now: Date },
): Reschedule {
  const isPast = (startsAt: string) => Date.parse(startsAt) <= now.getTime()
  const isFrozen = (lesson: SeriesLesson) =>
    Boolean(refusalUnlessScheduled(lesson) || lesson.movedFrom || lesson.seriesOn < since || isPast(lesson.startsAt))
  const free = new Map(occurrences.map((occurrence) => [occurrence.on, occurrence]))
  const keep: Reschedule['keep'] = []
  const pair = (lesson: SeriesLesson, to: Occurrence) => {
    free.delete(to.on)
    keep.push({ lesson, to, frozen: isFrozen(lesson) || isPast(to.startsAt) })
  }
  const left: SeriesLesson[] = []
  for (const lesson of [...lessons].sort((a, b) => (a.seriesOn < b.seriesOn ? -1 : 1))) {
    const to = free.get(lesson.seriesOn)
    if (to) pair(lesson, to)
    else left.push(lesson)
  }
  const stay: SeriesLesson[] = []
  const drop: SeriesLesson[] = []
  for (const lesson of left) {
    const week = mondayOf(lesson.seriesOn)
    const to = [...free.values()].find(({ on }) => mondayOf(on) === week)
    if (to) pair(lesson, to)
    else (isFrozen(lesson) ? stay : drop).push(lesson)
  }
  return { keep, stay, drop, add: [...free.values()].filter(({ on, startsAt }) => on >= since && on <= horizon && !isPast(startsAt)) }
}
