/**
 * Days, weeks and wall times of a zone, for services, bot and web app. It uses only Intl, which every browser has (adr 35). A day is
 * YYYY-MM-DD, a time of day HH:MM, a wall time YYYY-MM-DDTHH:MM.
 */
export type Instant = Date | number | string

const dayMs = 86_400_000
const minuteMs = 60_000
/** A format takes 50 kB. A school has a few zones, but names that differ only in capitals must not fill the memory. */
const formatsMax = 500
const formats = new Map<string, Intl.DateTimeFormat>()

/** Making a format costs a hundred times as much as using it. Swedish writes dates as ISO 8601 does. */
function formatIn(zone: string): Intl.DateTimeFormat {
  const cached = formats.get(zone)
  if (cached) return cached
  if (formats.size >= formatsMax) formats.clear()
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
  formats.set(zone, format)
  return format
}
const msOf = (at: Instant) => (typeof at === 'number' ? at : typeof at === 'string' ? Date.parse(at) : at.getTime())
const isoDay = (ms: number) => new Date(ms).toISOString().slice(0, 10)
/** Such as 2026-11-03 17:00:00. */
const partsAt = (ms: number, zone: string) => formatIn(zone).format(ms)

/** The day that an instant falls on in a zone. */
export const localDay = (at: Instant, zone: string): string => partsAt(msOf(at), zone).slice(0, 10)
/** The wall time that a clock in the zone shows at an instant. */
export const wallTimeOf = (at: Instant, zone: string): string => partsAt(msOf(at), zone).slice(0, 16).replace(' ', 'T')
/** How many milliseconds the clocks of a zone are ahead of UTC at an instant. */
export function offsetMsAt(at: Instant, zone: string): number {
  const ms = msOf(at)
  return Date.parse(`${partsAt(ms, zone).replace(' ', 'T')}Z`) - Math.floor(ms / 1_000) * 1_000
}

/**
 * The instant at which a clock in the zone shows a time on a day. A time that the clocks skip is moved later by the skipped span; of a time
 * that comes twice the first counts. Temporal calls this 'compatible'.
 */
export function instantOf(day: string, time: string, zone: string): Date {
  const asUtc = Date.parse(`${day}T${time}:00Z`)
  const before = offsetMsAt(asUtc - dayMs, zone)
  const after = offsetMsAt(asUtc + dayMs, zone)
  if (before === after) return new Date(asUtc - before)
  const found = [asUtc - before, asUtc - after].filter((ms) => wallTimeOf(ms, zone) === `${day}T${time}`)
  return new Date(found.length ? Math.min(...found) : asUtc - before)
}
export const startOfDay = (day: string, zone: string): Date => instantOf(day, '00:00', zone)

export function isDay(text: string): boolean {
  const ms = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN
  return !Number.isNaN(ms) && isoDay(ms) === text
}
export const addDays = (day: string, days: number): string => isoDay(Date.parse(day) + days * dayMs)
/** 1 is Monday, 7 is Sunday. */
export const weekdayOf = (day: string): number => new Date(day).getUTCDay() || 7
export const mondayOf = (day: string): string => addDays(day, 1 - weekdayOf(day))
/** The wall time a number of minutes later, without regard to clock changes of a zone. */
export const addMinutes = (wallTime: string, minutes: number): string =>
  new Date(Date.parse(`${wallTime}Z`) + minutes * minuteMs).toISOString().slice(0, 16)
