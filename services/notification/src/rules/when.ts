import type { Language } from '@repitbot/contracts/person-card'

export type Clock = { language: Language; zone: string }

const formats = new Map<string, Intl.DateTimeFormat>()
function format(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${JSON.stringify(options)}`
  const made = formats.get(key) ?? new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, options)
  formats.set(key, made)
  return made
}

/** An instant in the reader's zone, such as Tue 3 Nov, 17:00; the zone is named where the time in the lesson's zone is another. */
export function instantIn({ language, zone }: Clock, instant: string, lessonZone: string): string {
  const at = new Date(instant)
  const wall = (timeZone: string) =>
    format(language, {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZone,
    }).format(at)
  const own = wall(zone)
  return own === wall(lessonZone) ? own : `${own} (${nameOf(zone, language, at)})`
}

function nameOf(timeZone: string, language: Language, at: Date): string {
  const parts = format(language, { timeZone, timeZoneName: 'shortGeneric' }).formatToParts(at)
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone
}

/** The time alone, such as 17:00. */
export const timeIn = ({ language, zone }: Clock, instant: string): string =>
  format(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone }).format(new Date(instant))

/** A date without a time, such as 3 Nov. */
export const dayIn = (language: Language, day: string): string =>
  format(language, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))
