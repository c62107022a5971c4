import { addDays } from '@repitbot/contracts/calendar'
import { seriesAheadDays } from '@repitbot/contracts/series-ahead'
import { cancel, withCancellation } from './cancel.ts'
import { continueRule, type RuleChange } from './continue-rule.ts'
import type { Lesson, Outcome } from './lesson.ts'
import { lessonChanged, lessonMoved, lessonPlanned } from './lesson-events.ts'
import { type Reschedule, rescheduleSeries, type SeriesLesson } from './reschedule-series.ts'
import { isSame } from './same.ts'
import { latest, occurrences } from './series.ts'
import { lessonOf, type Series } from './series-lessons.ts'

export type Fields = Partial<Pick<Series, 'minutes' | 'subject' | 'videoUrl' | 'students'>>
export type Change = { rule: RuleChange; fields: Fields }
/** When it happens, and by whom: the first day that changes, today where the series is held, this instant. */
export type Moment = { since: string; today: string; now: Date; by: string }
/** What is saved: `ended` is the series that stops at a split. A lesson that only goes over to the other series says nothing. */
export type SeriesOutcome = { series: Series; ended?: Series; changed: Outcome[]; added: Outcome[] }

/**
 * Changes all that is ahead from a day on. With a `splitId`, a series that has lessons before that day is split there; else it changes whole.
 * `lessons` are the series' own, of the day's week and later.
 */
export function changeSeries(
  series: Series,
  lessons: SeriesLesson[],
  { rule, fields, ...at }: Change & Moment & { splitId?: string },
): SeriesOutcome | 'series_ended' {
  const continuing = continueRule(series.rule, at.since, rule)
  if (!continuing) return 'series_ended'
  const splitId = continuing.occurrencesBefore > 0 ? at.splitId : undefined
  const next: Series = { ...series, ...fields, rule: continuing.rule, id: splitId ?? series.id, version: splitId ? 1 : series.version + 1 }
  const { from } = continuing.rule
  const ahead = lessons.filter(({ seriesOn }) => seriesOn >= from)
  const horizon = addDays(at.today, seriesAheadDays)
  const until = latest(horizon, ...ahead.map(({ seriesOn }) => addDays(seriesOn, 6)))
  const { keep, drop, stay, add } = rescheduleSeries(ahead, occurrences(next.rule, { from, until }), {
    since: at.since,
    horizon,
    now: at.now,
  })
  const ended = splitId && { ...series, rule: { ...series.rule, until: addDays(from, -1), count: undefined }, version: series.version + 1 }
  return {
    series: next,
    ended: ended || undefined,
    changed: [
      ...keep.map((pair) => rescheduleLesson(pair, next, { fields, by: at.by })),
      ...stay.map((lesson) => ({ lesson: { ...lesson, seriesId: next.id }, events: [] })),
      ...drop.map((lesson) => dropLesson(lesson, at)),
    ],
    added: add.map((occurrence) => lessonOf(next, occurrence)).map((lesson) => ({ lesson, events: [lessonPlanned(lesson)] })),
  }
}

/** The lesson on its new day, with the changed fields; a frozen one gets no more than the day that it now stands for. */
function rescheduleLesson(
  { lesson, to, frozen }: Reschedule['keep'][number],
  { id: seriesId }: Series,
  { fields, by }: { fields: Fields; by: string },
): Outcome {
  const kept: Lesson = { ...lesson, seriesId, seriesOn: to.on }
  if (frozen) return { lesson: kept, events: [] }
  const next: Lesson = { ...kept, ...fields, startsAt: to.startsAt }
  if (isSame(next, kept)) return { lesson: kept, events: [] }
  next.version++
  return {
    lesson: next,
    events: [
      next.startsAt === lesson.startsAt
        ? lessonChanged(next, lesson, by)
        : lessonMoved(next, { from: lesson.startsAt, by, was: Object.keys(fields).length ? lesson : undefined }),
    ],
  }
}

/** A lesson on a day that the rule no longer has: cancelled free of charge. It gives up its day, so that a later rule can plan that day again. */
export function dropLesson(lesson: Lesson, { by, now, undoes }: { by: string; now: Date; undoes?: string }): Outcome {
  const free = { by, at: now.toISOString(), chargePercent: 0, makeUpCredit: false }
  const { lesson: cancelled, events } = withCancellation(lesson, free, undoes)
  return { lesson: { ...cancelled, seriesOn: undefined }, events }
}

/** Cancels everything ahead from a day on. The cancelled lessons keep their days, so that nothing plans those again. */
export function cancelSeries(
  series: Series,
  lessons: SeriesLesson[],
  { since, now, ...details }: Moment & { reason?: string; makeUpCredit?: boolean },
): SeriesOutcome {
  const ahead = lessons.filter(
    (lesson) => lesson.status === 'scheduled' && lesson.seriesOn >= since && Date.parse(lesson.startsAt) > now.getTime(),
  )
  const changed = ahead.map((lesson) => cancel(lesson, details, now)).filter((outcome) => typeof outcome !== 'string')
  return {
    series: { ...series, rule: { ...series.rule, until: addDays(since, -1), count: undefined }, version: series.version + 1 },
    changed,
    added: [],
  }
}
