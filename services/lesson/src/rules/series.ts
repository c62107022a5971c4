import { createHash } from 'node:crypto'
import { addDays, instantOf, mondayOf } from '@repitbot/contracts/calendar'
import { uuidFrom } from '@repitbot/contracts/uuid'

/** A rule of wall time in a zone. A weekly rule counts its weeks from that of `from`, and weeks begin on Monday. */
export type Rule = {
  freq: 'daily' | 'weekly'
  interval: number
  /** 1 is Monday, 7 is Sunday; empty in a daily rule. */
  weekdays: number[]
  at: string
  zone: string
  from: string
  until?: string
  count?: number
}
/** One lesson that a rule gives: `on` is its local day, which stands for it wherever the lesson is moved. */
export type Occurrence = { on: string; startsAt: string }

/**
 * What the rule gives from one local day to another, both included. A wall time that the clocks skip is held later by the skipped span,
 * one that comes twice is held the first time (`instantOf`).
 */
export function occurrences(rule: Rule, { from, until }: { from: string; until: string }): Occurrence[] {
  const found = []
  for (const on of days(rule, until)) if (on >= from) found.push({ on, startsAt: startOf(rule, on) })
  return found
}

/** The instant of the rule's wall time on a local day. */
export const startOf = ({ at, zone }: Pick<Rule, 'at' | 'zone'>, on: string): string => instantOf(on, at, zone).toISOString()

/** The local days of the rule, in order, up to a day. */
export function* days(rule: Rule, last: string): Generator<string> {
  const weekly = rule.freq === 'weekly'
  const steps = weekly ? [...rule.weekdays].sort((a, b) => a - b).map((weekday) => weekday - 1) : [0]
  let base = weekly ? mondayOf(rule.from) : rule.from
  let left = rule.count ?? Number.POSITIVE_INFINITY
  const end = rule.until && rule.until < last ? rule.until : last
  for (; base <= end; base = addDays(base, weekly ? 7 * rule.interval : rule.interval)) {
    for (const step of steps) {
      const on = addDays(base, step)
      if (on < rule.from) continue
      if (on > end || left-- <= 0) return
      yield on
    }
  }
}

/** The last of some days: as text they sort as they fall. */
export const latest = (...days: string[]) => days.toSorted().at(-1) as string

/**
 * The id of a series' lesson for a day: always the same one (a uuid of version 8), so that planning a day twice plans it once.
 * `version` is the series' own when its rule last changed: a day that a change took away and a later one brought back is a new lesson.
 */
export function occurrenceId({ id, version }: { id: string; version: number }, on: string): string {
  return uuidFrom(createHash('sha256').update(`${id}/${version}/${on}`).digest('hex'))
}
