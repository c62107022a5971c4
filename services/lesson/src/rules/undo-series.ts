import { dropLesson, type SeriesOutcome } from './change-series.ts'
import type { Lesson, Outcome } from './lesson.ts'
import type { Person } from './plan.ts'
import { putBack } from './put-back.ts'
import { isSame } from './same.ts'
import { latest } from './series.ts'
import type { Series } from './series-lessons.ts'

/** A lesson that a change of its series touched: its version since then, and what it was before; nothing when the change planned it. */
type Touched = { id: string; version: number; before?: Lesson }
/**
 * A series as it stood before its last change. Where the change split it, `series` is the one that was split, and `endedVersion` the
 * version it has had since.
 */
export type SeriesFormer = { series: Series; endedVersion?: number; correlationId?: string; touched: Touched[] }
/** `origin` is the series that a split ended; `lessons` are those that the change touched, and those ahead in the series. */
type Found = { series: Series; origin?: Series; former: SeriesFormer; lessons: Lesson[]; people: Map<string, Person> }

/**
 * The series and its lessons as they stood before. A lesson that somebody has changed since, or whose former start has passed, stays as
 * it is; one that the change planned, or the nights after it, is cancelled free of charge and gives up its day.
 */
export function undoSeries({ series, origin, former, lessons, people }: Found, { by, now }: { by: string; now: Date }): SeriesOutcome {
  const touched = new Map(former.touched.map((one) => [one.id, one]))
  const undoes = former.correlationId
  const days = lessons.flatMap((lesson) => (touched.has(lesson.id) ? [lesson.seriesOn, touched.get(lesson.id)?.before?.seriesOn] : []))
  const lastDay = latest('', ...days.filter((on) => on !== undefined))
  const undo = (lesson: Lesson): Outcome | undefined => {
    // The nights after the change plan later days than it touched; of a series that came of a split every day is the change's own.
    const isChanges = touched.has(lesson.id) || Boolean(origin) || (lesson.seriesOn ?? '') > lastDay
    const { version, before } = touched.get(lesson.id) ?? { version: 1, before: undefined }
    if (!isChanges || lesson.version !== version) return undefined
    if (!before) return lesson.status === 'scheduled' ? dropLesson(lesson, { by, now, undoes }) : undefined
    // It only went over to another series or day.
    if (before.version === version) return isSame(lesson, before) ? undefined : { lesson: before, events: [] }
    return Date.parse(before.startsAt) > now.getTime() ? putBack(lesson, before, { by, undoes, people, now }) : undefined
  }
  const current = origin ?? series
  return {
    series: { ...former.series, version: current.version + 1 },
    changed: lessons.map(undo).filter((outcome) => outcome !== undefined),
    added: [],
  }
}
