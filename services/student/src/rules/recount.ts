import { digestOf, missingRows, xpOfDay } from './day.ts'
import type { Day, Fact, LedgerRow } from './student.ts'

type RecountResult = { facts: Map<string, Fact>; rows: LedgerRow[]; digests: Map<number, string> }

/** Counts these days again. `reported`: the lessons of which a report came just now. A fact that did not change stays the same object. */
export function recount(facts: ReadonlyMap<string, Fact>, days: ReadonlySet<number>, reported: ReadonlySet<string>): RecountResult {
  const result: RecountResult = { facts: new Map(facts), rows: [], digests: new Map() }
  const factsOf = Map.groupBy(facts.values(), ({ day }) => day)
  for (const day of days) {
    const ofDay = factsOf.get(day) ?? []
    result.digests.set(day, digestOf(ofDay))
    for (const counted of xpOfDay(ofDay)) {
      const { fact, rows } = missingRows(counted, reported.has(counted.fact.lessonId))
      result.facts.set(fact.lessonId, fact)
      result.rows.push(...rows)
    }
  }
  return result
}

/** The days with these digests in them, in order. A day that did not change stays the same object. */
export function withDigests(days: readonly Day[], digests: ReadonlyMap<number, string>): Day[] {
  const byDay = new Map(days.map((day) => [day.day, day]))
  for (const [number, digest] of digests) {
    const day = byDay.get(number) ?? { day: number, digest: '', kind: null, notified: false }
    if (day.digest !== digest) byDay.set(number, { ...day, digest })
  }
  return [...byDay.values()].sort((a, b) => a.day - b.day)
}
