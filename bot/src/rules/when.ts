import type { Language } from '@repitbot/contracts/person-card'

/** In which language and zone a time is written. */
export type Wall = { language: Language; zone: string }

const formats = new Map<string, Intl.DateTimeFormat>()
function format({ language, zone }: Wall, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${zone} ${JSON.stringify(options)}`
  const made =
    formats.get(key) ?? new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'ru', { hourCycle: 'h23', timeZone: zone, ...options })
  formats.set(key, made)
  return made
}
const clock = { hour: '2-digit', minute: '2-digit' } as const
const date = { weekday: 'short', day: 'numeric', month: 'short' } as const
const zoneless = (language: Language): Wall => ({ language, zone: 'UTC' })
const midnight = (day: string) => new Date(`${day}T00:00:00Z`)

/** Such as 17:00. */
export const timeOn = (wall: Wall, instant: string): string => format(wall, clock).format(new Date(instant))

/** Such as Tue 3 Nov, 17:00; the zone is named where the time in the lesson's own zone is another. */
export function instantOn(wall: Wall, instant: string, ownZone = wall.zone): string {
  const at = new Date(instant)
  const written = format(wall, { ...date, ...clock }).format(at)
  if (written === format({ ...wall, zone: ownZone }, { ...date, ...clock }).format(at)) return written
  const name = format(wall, { timeZoneName: 'shortGeneric' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value
  return `${written} (${name ?? wall.zone})`
}

/** Such as Tue 3 Nov. */
export const dayNamed = (language: Language, day: string): string => format(zoneless(language), date).format(midnight(day))
export const weekdayNamed = (language: Language, day: string): string =>
  format(zoneless(language), { weekday: 'short' }).format(midnight(day))
export const monthNamed = (language: Language, month: string): string =>
  format(zoneless(language), { month: 'long', year: 'numeric' }).format(midnight(`${month}-01`))
