import { addDays, mondayOf } from '@repitbot/contracts/calendar'
import { type Lesson, settled } from './lesson.ts'
import { days, latest, type Occurrence, type Rule } from './series.ts'

/** A lesson of a series and the day it stands for. */
export type Placed = Lesson & { seriesOn: string }
/** `keep` pairs a lesson with the occurrence it now stands for, `stay` is frozen and stands for none, `drop` is off, `add` has no lesson yet. */
export type Relaid = { keep: { lesson: Placed; to: Occurrence; frozen: boolean }[]; stay: Placed[]; drop: Placed[]; add: Occurrence[] }

/**
 * Lays a changed rule over the lessons already planned: first day by day, then what is left of each week in its order, so that
 * Monday's lesson moved to Tuesdays stays the same lesson. A frozen lesson (held, called off, moved by hand, before the change or past)
 * is never touched, and still takes up an occurrence: an exception survives, and nothing is planned twice beside it.
 */
export function relay(
  lessons: Placed[],
  occurrences: Occurrence[],
  { since, horizon, now }: { since: string; horizon: string; now: Date },
): Relaid {
  const isPast = (startsAt: string) => Date.parse(startsAt) <= now.getTime()
  const isFrozen = (lesson: Placed) => Boolean(settled(lesson) || lesson.movedFrom || lesson.seriesOn < since || isPast(lesson.startsAt))
  const free = new Map(occurrences.map((occurrence) => [occurrence.on, occurrence]))
  const keep: Relaid['keep'] = []
  const pair = (lesson: Placed, to: Occurrence) => {
    free.delete(to.on)
    keep.push({ lesson, to, frozen: isFrozen(lesson) || isPast(to.startsAt) })
  }
  const left: Placed[] = []
  for (const lesson of [...lessons].sort((a, b) => (a.seriesOn < b.seriesOn ? -1 : 1))) {
    const to = free.get(lesson.seriesOn)
    if (to) pair(lesson, to)
    else left.push(lesson)
  }
  const stay: Placed[] = []
  const drop: Placed[] = []
  for (const lesson of left) {
    const week = mondayOf(lesson.seriesOn)
    const to = [...free.values()].find(({ on }) => mondayOf(on) === week)
    if (to) pair(lesson, to)
    else (isFrozen(lesson) ? stay : drop).push(lesson)
  }
  return { keep, stay, drop, add: [...free.values()].filter(({ on, startsAt }) => on >= since && on <= horizon && !isPast(startsAt)) }
}

/** What may change in a rule. */
export type RuleChange = Partial<Pick<Rule, 'at' | 'weekdays' | 'interval' | 'until'>>

/**
 * The rule as it goes on from a day: it starts at the week of its next occurrence, so that the phase of "every second week" and the
 * rest of a count stay as they were. Nothing when the rule has no occurrence any more.
 */
export function continued(rule: Rule, since: string, change: RuleChange): { rule: Rule; occurrencesBefore: number } | undefined {
  const before: string[] = []
  let next: string | undefined
  for (const on of days(rule, rule.until ?? addDays(latest(since, rule.from), daysBetweenMax))) {
    if (on >= since) {
      next = on
      break
    }
    before.push(on)
  }
  if (!next) return undefined
  const monday = mondayOf(next)
  const from = rule.freq === 'daily' ? next : latest(monday, rule.from)
  const occurrencesBefore = before.filter((on) => on < from).length
  const ends = change.until ? { until: change.until, count: undefined } : { count: rule.count && rule.count - occurrencesBefore }
  return { rule: { ...rule, ...change, ...ends, from }, occurrencesBefore }
}
/** The longest gap of any rule is 12 weeks. */
const daysBetweenMax = 7 * 13
