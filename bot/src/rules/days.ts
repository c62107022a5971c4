/** Days are YYYY-MM-DD in the zone of whoever looks at them. */
export const dayOf = (at: Date | string, zone: string): string =>
  Temporal.Instant.from(typeof at === 'string' ? at : at.toISOString())
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .toString()

export const isDay = (text: string): boolean => {
  try {
    return /^\d{4}-\d{2}-\d{2}$/.test(text) && Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text
  } catch {
    return false
  }
}
export const addDays = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString()
/** 1 is Monday. */
export const weekdayOf = (day: string): number => Temporal.PlainDate.from(day).dayOfWeek
export const mondayOf = (day: string): string => addDays(day, 1 - weekdayOf(day))
export const addMonths = (month: string, months: number): string => Temporal.PlainYearMonth.from(month).add({ months }).toString()

/** From the first instant of a day to the first of another: a day of 23 or 25 hours is whole, too. */
export const span = (from: string, until: string, zone: string): { from: string; until: string } => ({
  from: startOf(from, zone),
  until: startOf(until, zone),
})
const startOf = (day: string, zone: string) => isoOf(Temporal.PlainDate.from(day).toZonedDateTime(zone))

/** The instant a wall shows a time; one the clock jumps over is that much later, one it shows twice is the first. */
export const instantOf = (day: string, time: string, zone: string): string =>
  isoOf(Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(zone, { disambiguation: 'compatible' }))
const isoOf = (at: Temporal.ZonedDateTime) => new Date(at.epochMilliseconds).toISOString()

/** The weeks of a month, Monday first; a place before its first day or after its last is empty. */
export function monthGrid(month: string): (string | undefined)[][] {
  const { daysInMonth } = Temporal.PlainYearMonth.from(month)
  const days = Array.from({ length: daysInMonth }, (_, at) => `${month}-${String(at + 1).padStart(2, '0')}`)
  const lead = Array.from({ length: weekdayOf(days[0] ?? '') - 1 }, () => undefined)
  const places = [...lead, ...days]
  const weeks = Math.ceil(places.length / 7)
  return Array.from({ length: weeks }, (_, week) => Array.from({ length: 7 }, (_, at) => places[week * 7 + at]))
}
