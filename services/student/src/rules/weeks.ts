import { absencesOf, attendedOf } from './day-digest.ts'
import type { Day } from './student.ts'

/** ISO weeks as numbers in a row: day 0 (1970-01-01) was a Thursday. */
const weekOf = (day: number) => Math.floor((day + 3) / 7)

export type WeekStreak = { current: number; best: number }
/**
 * Weeks in a row in which every held lesson was attended; a week without a lesson neither counts nor breaks.
 * Only weeks that are over count, so that a counted week is never taken back.
 */
export function weekStreakOf(days: readonly Day[], today: number): WeekStreak {
  const weeks = new Map<number, { attended: number; missed: number }>()
  for (const day of days) {
    if (weekOf(day.day) >= weekOf(today)) continue
    const week = weeks.get(weekOf(day.day)) ?? { attended: 0, missed: 0 }
    week.attended += attendedOf(day)
    week.missed += absencesOf(day)
    weeks.set(weekOf(day.day), week)
  }
  const streak = { current: 0, best: 0 }
  for (const [, { attended, missed }] of [...weeks].sort(([a], [b]) => a - b)) {
    if (missed > 0) streak.current = 0
    else if (attended > 0) streak.current += 1
    streak.best = Math.max(streak.best, streak.current)
  }
  return streak
}
