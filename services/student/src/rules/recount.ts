import { differences, dueOfDay, marksOf } from './day.ts'
import type { Day, Fact, LedgerRow } from './student.ts'

type Recounted = { facts: Map<string, Fact>; rows: LedgerRow[]; marks: Map<number, string> }

/** Counts the days of these facts again. What did not change stays the same object. */
export function recount(facts: ReadonlyMap<string, Fact>, touched: ReadonlySet<number>, heard: ReadonlySet<string>): Recounted {
  const counted: Recounted = { facts: new Map(facts), rows: [], marks: new Map() }
  const byDay = Map.groupBy(facts.values(), ({ day }) => day)
  for (const day of touched) {
    const ofDay = byDay.get(day) ?? []
    counted.marks.set(day, marksOf(ofDay))
    for (const due of dueOfDay(ofDay)) {
      const { fact, rows } = differences(due, heard.has(due.fact.lessonId))
      counted.facts.set(fact.lessonId, fact)
      counted.rows.push(...rows)
    }
  }
  return counted
}

/** The days with these marks in them. */
export function withMarks(days: readonly Day[], marks: ReadonlyMap<number, string>): Day[] {
  const byDay = new Map(days.map((day) => [day.day, day]))
  for (const [number, written] of marks) {
    const day = byDay.get(number) ?? { day: number, marks: '', kind: null, told: false }
    if (day.marks !== written) byDay.set(number, { ...day, marks: written })
  }
  return [...byDay.values()].sort((a, b) => a.day - b.day)
}
