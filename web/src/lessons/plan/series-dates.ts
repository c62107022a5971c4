import { addDays, instantOf, mondayOf, offsetMsAt, wallTimeOf, weekdayOf } from '@repitbot/contracts/calendar'

export type Repeating = { day: string; weekdays: number[]; interval: number; until?: string; count?: number }
/** A lesson as it will be: `skipped` when its wall time is not on that day's clock, `turned` when the clocks were turned since the one before. */
export type Coming = { day: string; startsAt: number; skipped: boolean; turned: boolean }

/** The days of a weekly rule, as the server counts them: weeks from that of the first day, which begin on Monday. */
function daysOf({ day, weekdays, interval, until, count }: Repeating, most: number): string[] {
  const found: string[] = []
  const steps = weekdays.toSorted((a, b) => a - b)
  const left = Math.min(most, count ?? most)
  for (let monday = mondayOf(day); steps.length && found.length < left; monday = addDays(monday, 7 * interval))
    for (const weekday of steps) {
      const on = addDays(monday, weekday - 1)
      if (until && on > until) return found
      if (on >= day && found.length < left) found.push(on)
    }
  return found
}

/** The next lessons of a plan; without a rule the one lesson it is. */
export function comingOf(rule: Repeating | { day: string }, time: string, zone: string, most = 5): Coming[] {
  const days = 'weekdays' in rule ? daysOf(rule, most) : [rule.day]
  return days.map((day, index) => {
    const startsAt = instantOf(day, time, zone).getTime()
    const before = instantOf(days[index - 1] ?? day, time, zone).getTime()
    const turned = offsetMsAt(before, zone) !== offsetMsAt(startsAt, zone)
    return { day, startsAt, skipped: wallTimeOf(startsAt, zone) !== `${day}T${time}`, turned }
  })
}
export const weekdays = [1, 2, 3, 4, 5, 6, 7]
/** Any Monday: the names of the weekdays are formatted from it. */
export const someMonday = '2024-01-01'
export const oneWeekday = (day: string) => [weekdayOf(day)]
