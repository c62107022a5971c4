import { offsetMsAt } from '@repitbot/contracts/calendar'
import { language } from './words.ts'

/** The zone of this device. */
export const zoneHere = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

/** The one name of a zone: of several (Europe/Kyiv, Europe/Kiev) the one that this browser knows it by. */
const oneName = (zone: string) => new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone
/** Every zone that the browser lists, each once; some browsers list their own under an older name. */
const zoneNames = (...also: string[]): string[] => [
  ...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', zoneHere(), ...also].map(oneName)),
]

/** UTC+3, UTC−3:30: what the clocks of a zone are ahead of UTC now. */
export function offsetText(zone: string, at = Date.now()): string {
  const minutes = Math.round(offsetMsAt(at, zone) / 60_000)
  const [hours, rest] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  return `UTC${minutes < 0 ? '−' : '+'}${hours}${rest ? `:${String(rest).padStart(2, '0')}` : ''}`
}

/** Whether clocks in the two zones ever show another time within the next year. */
export function clocksDiffer(one: string, other: string, at = Date.now()): boolean {
  const months = Array.from({ length: 12 }, (_, month) => at + month * 30 * 86_400_000)
  return months.some((then) => offsetMsAt(then, one) !== offsetMsAt(then, other))
}

/** The place that people name the zone by, in the language of the page: Москва, Yekaterinburg, Индия. */
function placeOf(zone: string): string {
  const named = new Intl.DateTimeFormat(language.get(), { timeZone: zone, timeZoneName: 'shortGeneric' })
    .formatToParts(Date.now())
    .find(({ type }) => type === 'timeZoneName')?.value
  const place = named?.replace(/ Time$/, '') ?? ''
  // Where a language has only letters for it (PT, GMT-3) the city of its name says more.
  return /^[A-Z]{1,4}([+-]|$)/.test(place) ? (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ') : place
}
export const zoneText = (zone: string): string => `${placeOf(zone)} (${offsetText(zone)})`

export type ZoneChoice = { value: string; label: string; words: string }
/** Cities whose zone keeps a name that the city no longer has. */
const newNames: Record<string, string> = {
  kiev: 'kyiv',
  calcutta: 'kolkata',
  saigon: 'ho chi minh',
  rangoon: 'yangon',
  katmandu: 'kathmandu',
}
function wordsOf(zone: string, label: string): string {
  const parts = zone.toLowerCase().replaceAll('_', ' ').split('/')
  return [label.toLowerCase(), ...parts, newNames[parts.at(-1) ?? ''] ?? ''].join(' ')
}

/** All zones, from west to east; `words` is what a search looks in: the place, the offset and the parts of the zone's own name. */
export function zoneChoices(...also: string[]): ZoneChoice[] {
  const now = Date.now()
  return zoneNames(...also)
    .map((value) => ({ value, label: zoneText(value), offset: offsetMsAt(now, value) }))
    .sort((one, other) => one.offset - other.offset || one.label.localeCompare(other.label, language.get()))
    .map(({ value, label }) => ({ value, label, words: wordsOf(value, label) }))
}
export const oneChoice = (value: string): ZoneChoice => ({ value, label: zoneText(value), words: '' })
