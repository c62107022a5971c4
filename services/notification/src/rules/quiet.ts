import { addDays, instantOf, localDay, wallTimeOf, weekdayOf } from '@repitbot/contracts/calendar'
import { quietHoursOf } from '@repitbot/contracts/person-card'

export type QuietSetting = { zone: string; quietHours: { from: string; until: string } | null }

/** The quiet time that an instant falls in, in the person's zone, or nothing. */
export function quietAt(at: Date, { zone, quietHours }: QuietSetting): { from: Date; until: Date } | undefined {
  const held = quietHoursOf({ quietHours })
  if (!held) return undefined
  const { from, until } = held
  const [today = '', time = ''] = wallTimeOf(at, zone).split('T')
  const wraps = from > until
  if (wraps ? time < from && time >= until : time < from || time >= until) return undefined
  const begins = wraps && time < from ? addDays(today, -1) : today
  const ends = wraps && time >= from ? addDays(today, 1) : today
  return { from: instantOf(begins, from, zone), until: instantOf(ends, until, zone) }
}

/** The next time that the person's wall shows `time`, after an instant; on a Sunday when it is for a week. */
export function nextAt(after: Date, { zone }: Pick<QuietSetting, 'zone'>, time: string, every: 'day' | 'week'): Date {
  for (let day = localDay(after, zone); ; day = addDays(day, 1)) {
    const at = instantOf(day, time, zone)
    if (at > after && (every === 'day' || weekdayOf(day) === 7)) return at
  }
}
