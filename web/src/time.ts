import { language } from './words.ts'

const partsAt = (instant: number, zone: string) => {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
  return format.format(instant).replace(' ', 'T')
}
/** The day in the zone, as 2026-11-03. */
export const dayAt = (instant: number, zone: string): string => partsAt(instant, zone).slice(0, 10)

/** The instant of a wall time. Twice, because the offset of the first guess may be that of the other side of a clock change. */
export function instantOf(wall: string, zone: string): number {
  const aimed = Date.parse(`${wall}:00Z`)
  const offset = (at: number) => Date.parse(`${partsAt(at, zone)}Z`) - at
  return aimed - offset(aimed - offset(aimed))
}
/** The first instant of a day, and of the next. */
export function boundsOf(day: string, zone: string): { from: string; until: string } {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
  const at = (of: string) => new Date(instantOf(`${of}T00:00`, zone)).toISOString()
  return { from: at(day), until: at(next) }
}
export const timeText = (instant: string, zone: string): string =>
  new Intl.DateTimeFormat(language.get(), { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(new Date(instant))
export const dateText = (instant: string | number, zone: string): string =>
  new Intl.DateTimeFormat(language.get(), { timeZone: zone, weekday: 'short', day: 'numeric', month: 'short' }).format(new Date(instant))
export const momentText = (instant: string, zone: string): string => `${dateText(instant, zone)}, ${timeText(instant, zone)}`
