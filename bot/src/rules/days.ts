import { startOfDay, weekdayOf } from '@repitbot/contracts/calendar'

/** A month is YYYY-MM. */
export const addMonths = (month: string, months: number): string => Temporal.PlainYearMonth.from(month).add({ months }).toString()

/** From the first instant of a day to the first of another: a day of 23 or 25 hours is covered whole. */
export const span = (from: string, until: string, zone: string): { from: string; until: string } => ({
  from: startOfDay(from, zone).toISOString(),
  until: startOfDay(until, zone).toISOString(),
})

/** The weeks of a month, Monday first; a place before its first day or after its last is undefined. */
export function monthGrid(month: string): (string | undefined)[][] {
  const { daysInMonth } = Temporal.PlainYearMonth.from(month)
  const days = Array.from({ length: daysInMonth }, (_, at) => `${month}-${String(at + 1).padStart(2, '0')}`)
  const before = Array.from({ length: weekdayOf(days[0] ?? '') - 1 }, () => undefined)
  const places = [...before, ...days]
  const weeks = Math.ceil(places.length / 7)
  return Array.from({ length: weeks }, (_, week) => Array.from({ length: 7 }, (_, at) => places[week * 7 + at]))
}
