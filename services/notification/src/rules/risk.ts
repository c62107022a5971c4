import { startOfDay } from '@repitbot/contracts/calendar'

/** Below that age nobody is told that something is about to end. */
const yearsMin = 14

/** What is known here of a student whose streak is at risk; `began`: when the lessons of the last day began that were not called off. */
export type Pupil = { userId: string; zone: string; birthYear: number | null; streakRisk: boolean; began: Date[] }

/**
 * Whether a student hears that today would break the streak. Of the birth the year alone is known, so the birthday counts as yet to come; whose
 * year nobody knows is taken for a child. A lesson that has begun today keeps the streak once it is reported: there is nothing to tell.
 */
export function hearsOfRisk({ zone, birthYear, streakRisk, began }: Pupil, day: string): boolean {
  if (!streakRisk || birthYear === null || Number(day.slice(0, 4)) - birthYear <= yearsMin) return false
  const begins = startOfDay(day, zone)
  return !began.some((at) => at >= begins)
}
