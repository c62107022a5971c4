import { addDays, instantOf, startOfDay } from '@repitbot/contracts/calendar'
import { language } from './words.ts'

/** The instant of a wall time, such as 2026-11-03T17:00, as the server takes it. */
export function instantText(wallTime: string, zone: string): string {
  const [day = '', time = ''] = wallTime.split('T')
  return instantOf(day, time, zone).toISOString()
}
/** The first instant of a day, and of the one after the last. */
export const boundsOf = (day: string, zone: string, last: string = day): { from: string; until: string } => ({
  from: startOfDay(day, zone).toISOString(),
  until: startOfDay(addDays(last, 1), zone).toISOString(),
})

/** English days are written as the bot and the notices write them: Fri 27 Nov. */
export const dateLanguage = (): string => (language.get() === 'en' ? 'en-GB' : language.get())
const languageLoaded = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(dateLanguage(), options)
export const timeText = (instant: string | number, zone: string): string =>
  languageLoaded({ timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(instant))
export const dateText = (instant: string | number, zone: string): string =>
  languageLoaded({ timeZone: zone, weekday: 'short', day: 'numeric', month: 'short' }).format(new Date(instant))
export const momentText = (instant: string | number, zone: string): string => `${dateText(instant, zone)}, ${timeText(instant, zone)}`
/** A day by itself: it is the same day in every zone. */
export const dayText = (day: string, options: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric', month: 'short' }): string =>
  languageLoaded({ timeZone: 'UTC', ...options }).format(new Date(day))
/** From its start to its end, on one clock. */
export const spanText = (startsAt: string, minutes: number, zone: string): string =>
  `${timeText(startsAt, zone)} – ${timeText(Date.parse(startsAt) + minutes * 60_000, zone)}`
