import type { Language } from '@repitbot/contracts/people'

/** Whose wall is read: the words of a date, and the zone it is in. */
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

/** Such as Tue 3 Nov, 17:00; the zone is named where the lesson's own wall shows another time. */
export function instantOn(wall: Wall, instant: string, ownZone = wall.zone): string {
  const at = new Date(instant)
  const told = format(wall, { ...date, ...clock }).format(at)
  if (told === format({ ...wall, zone: ownZone }, { ...date, ...clock }).format(at)) return told
  const name = format(wall, { timeZoneName: 'shortGeneric' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value
  return `${told} (${name ?? wall.zone})`
}

/** A day as it is called: Tue 3 Nov; fri; November 2026. */
export const dayNamed = (language: Language, day: string): string => format(zoneless(language), date).format(midnight(day))
export const weekdayNamed = (language: Language, day: string): string =>
  format(zoneless(language), { weekday: 'short' }).format(midnight(day))
export const monthNamed = (language: Language, month: string): string =>
  format(zoneless(language), { month: 'long', year: 'numeric' }).format(midnight(`${month}-01`))

/** Whole units where there is nothing behind the point. */
export const moneyIn = (language: Language, amountMinor: number, currency: string): string =>
  new Intl.NumberFormat(language, { style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger' }).format(amountMinor / 100)
