import { addDays } from '@repitbot/contracts/calendar'
import { callOff, cancel } from './cancel.ts'
import type { Lesson, Outcome } from './lesson.ts'
import { moved, planned } from './lesson-events.ts'
import { continued, type Placed, type Relaid, type RuleChange, relay } from './relay.ts'
import { same } from './same.ts'
import { latest, occurrences } from './series.ts'
import { aheadDays, lessonOf, type Series } from './series-lessons.ts'

export type Fields = Partial<Pick<Series, 'minutes' | 'subject' | 'videoUrl' | 'students'>>
export type Change = { rule: RuleChange; fields: Fields }
/** When it happens, and by whom: the first day that changes, today where the series is held, this instant. */
export type Moment = { since: string; today: string; now: Date; by: string }
/** What is saved: `ended` is the series that stops at a split. A lesson that only goes over to the other series says nothing. */
export type SeriesOutcome = { series: Series; ended?: Series; changed: Outcome[]; added: Outcome[] }

/**
 * Changes all that is ahead from a day on. Given the id for it, a series with lessons before that day is split there; else it changes whole.
 * `lessons` are the series' own, of the day's week and later.
 */
export function changeSeries(
  series: Series,
  lessons: Placed[],
  { rule, fields, ...at }: Change & Moment & { splitId?: string },
): SeriesOutcome | 'series_ended' {
  const going = continued(series.rule, at.since, rule)
  if (!going) return 'series_ended'
  const splitId = going.occurrencesBefore > 0 ? at.splitId : undefined
  const next: Series = { ...series, ...fields, rule: going.rule, id: splitId ?? series.id, version: splitId ? 1 : series.version + 1 }
  const { from } = going.rule
  const placed = lessons.filter(({ seriesOn }) => seriesOn >= from)
  const horizon = addDays(at.today, aheadDays)
  const until = latest(horizon, ...placed.map(({ seriesOn }) => addDays(seriesOn, 6)))
  const { keep, drop, stay, add } = relay(placed, occurrences(next.rule, { from, until }), { since: at.since, horizon, now: at.now })
  const ended = splitId && { ...series, rule: { ...series.rule, until: addDays(from, -1), count: undefined }, version: series.version + 1 }
  return {
    series: next,
    ended: ended || undefined,
    changed: [
      ...keep.map((kept) => relaid(kept, next, { fields, by: at.by })),
      ...stay.map((lesson) => ({ lesson: { ...lesson, seriesId: next.id }, events: [] })),
      ...drop.map((lesson) => dropped(lesson, at)),
    ],
    added: add.map((occurrence) => lessonOf(next, occurrence)).map((lesson) => ({ lesson, events: [planned(lesson)] })),
  }
}

/** A lesson on its new day, with what changed for all; a frozen one only learns which day it now stands for. */
function relaid(
  { lesson, to, frozen }: Relaid['keep'][number],
  { id: seriesId }: Series,
  { fields, by }: { fields: Fields; by: string },
): Outcome {
  const attached: Lesson = { ...lesson, seriesId, seriesOn: to.on }
  if (frozen) return { lesson: attached, events: [] }
  const next: Lesson = { ...attached, ...fields, startsAt: to.startsAt }
  if (same(next, attached)) return { lesson: attached, events: [] }
  next.version++
  return { lesson: next, events: [next.startsAt === lesson.startsAt ? planned(next) : moved(next, lesson.startsAt, by)] }
}

/** A day that the rule no longer has: called off free of charge, and no longer in the way of a rule that brings the day back. */
function dropped(lesson: Lesson, { by, now }: Moment): Outcome {
  const { lesson: off, events } = callOff(lesson, { by, at: now.toISOString(), chargePercent: 0, makeUpCredit: false })
  return { lesson: { ...off, seriesOn: undefined }, events }
}

/** Calls off everything ahead from a day on; the days are kept, so that nothing plans them again. */
export function cancelSeries(
  series: Series,
  lessons: Placed[],
  { since, now, ...how }: Moment & { reason?: string; makeUpCredit?: boolean },
): SeriesOutcome {
  const ahead = lessons.filter(
    (lesson) => lesson.status === 'scheduled' && lesson.seriesOn >= since && Date.parse(lesson.startsAt) > now.getTime(),
  )
  const changed = ahead.map((lesson) => cancel(lesson, how, now)).filter((outcome) => typeof outcome !== 'string')
  return {
    series: { ...series, rule: { ...series.rule, until: addDays(since, -1), count: undefined }, version: series.version + 1 },
    changed,
    added: [],
  }
}
