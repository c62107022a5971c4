import { language } from './words.ts'

const dayMs = 86_400_000
const partsAt = (instant: number, zone: string) => {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
  return format.format(instant).replace(' ', 'T')
}
const offsetAt = (instant: number, zone: string) => Date.parse(`${partsAt(instant, zone)}Z`) - Math.floor(instant / 1000) * 1000

/** The day in the zone, as 2026-11-03. */
export const dayAt = (instant: number, zone: string): string => partsAt(instant, zone).slice(0, 10)
/** The wall time in the zone, as 2026-11-03T17:00. */
export const wallAt = (instant: number, zone: string): string => partsAt(instant, zone).slice(0, 16)

export const dayAfter = (day: string, days: number): string => new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10)
/** 1 is Monday, 7 is Sunday. */
export const weekdayOf = (day: string): number => new Date(day).getUTCDay() || 7
export const mondayOf = (day: string): string => dayAfter(day, 1 - weekdayOf(day))
/** A wall time so many minutes later on the same clock face, whatever the clocks of a zone do meanwhile. */
export const wallAfter = (wall: string, minutes: number): string =>
  new Date(Date.parse(`${wall}Z`) + minutes * 60_000).toISOString().slice(0, 16)

/** The instant of a wall time, as the server has it: skipped by the clocks it is later by the skipped span, coming twice it is the first. */
export function instantOf(wall: string, zone: string): number {
  const aimed = Date.parse(`${wall}:00Z`)
  const before = offsetAt(aimed - dayMs, zone)
  const found = [before, offsetAt(aimed + dayMs, zone)].map((offset) => aimed - offset).filter((at) => wallAt(at, zone) === wall)
  return found.length ? Math.min(...found) : aimed - before
}
export const instantText = (wall: string, zone: string): string => new Date(instantOf(wall, zone)).toISOString()
/** The first instant of a day, and of the one after the last. */
export function boundsOf(day: string, zone: string, last: string = day): { from: string; until: string } {
  return { from: instantText(`${day}T00:00`, zone), until: instantText(`${dayAfter(last, 1)}T00:00`, zone) }
}

const spoken = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language.get(), options)
export const timeText = (instant: string | number, zone: string): string =>
  spoken({ timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(instant))
export const dateText = (instant: string | number, zone: string): string =>
  spoken({ timeZone: zone, weekday: 'short', day: 'numeric', month: 'short' }).format(new Date(instant))
export const momentText = (instant: string | number, zone: string): string => `${dateText(instant, zone)}, ${timeText(instant, zone)}`
/** A day by itself: it is the same day in every zone. */
export const dayText = (day: string, options: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric', month: 'short' }): string =>
  spoken({ timeZone: 'UTC', ...options }).format(new Date(day))
/** From its start to its end, on one clock. */
export const spanText = (startsAt: string, minutes: number, zone: string): string =>
  `${timeText(startsAt, zone)} – ${timeText(Date.parse(startsAt) + minutes * 60_000, zone)}`
/** Whether the clocks of the zone were turned between two instants. */
export const turnedBetween = (one: number, other: number, zone: string): boolean => offsetAt(one, zone) !== offsetAt(other, zone)
