import { startOfDay } from '@repitbot/contracts/calendar'

/** Younger students are not notified that something is about to end. */
const yearsMin = 14

/** A student whose streak is at risk; `began`: the starts of their lessons of the last 24 hours that were not cancelled. */
export type StudentAtRisk = { userId: string; zone: string; birthYear: number | null; streakRisk: boolean; began: Date[] }

/**
 * Whether a student is notified that today would break the streak. Only the year of birth is known, so the birthday of this year counts as yet
 * to come; a student without one is taken for a child. A lesson that has begun today keeps the streak once it is reported: no notice then.
 */
export function isNotifiedOfRisk({ zone, birthYear, streakRisk, began }: StudentAtRisk, day: string): boolean {
  if (!streakRisk || birthYear === null || Number(day.slice(0, 4)) - birthYear <= yearsMin) return false
  const begins = startOfDay(day, zone)
  return !began.some((at) => at >= begins)
}
