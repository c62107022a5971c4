import { attendedOf } from './day-digest.ts'
import { pausedBy, type Streak, streakOf } from './streak.ts'
import type { Day, DayKind, Pause, Student } from './student.ts'
import { dayOf, skippedDays } from './zones.ts'

/** A student's streak as of today; `days` are those given, with their kinds as of today, and the days that the streak bridges. */
export type StreakState = { today: number; streak: Streak; days: Day[] }

export function streakStateOf(
  student: Student,
  history: { days: readonly Day[]; pauses: readonly Pause[] },
  time: { now: number; dayStartHour: number },
): StreakState {
  const calendar = { zones: student.zones, dayStartHour: time.dayStartHour }
  const today = dayOf(time.now, calendar) ?? 0
  const activities = new Map(history.days.flatMap((day) => (attendedOf(day) > 0 ? [[day.day, attendedOf(day)] as const] : [])))
  const streak = streakOf(activities, pausedBy(history.pauses, skippedDays(calendar)), today)
  const days = new Map(history.days.map((day) => [day.day, day]))
  for (const day of streak.bridges.keys()) if (!days.has(day)) days.set(day, { day, digest: '', kind: null, notified: false })
  const kindOf = (day: number): DayKind | null => (activities.has(day) ? 'active' : (streak.bridges.get(day) ?? null))
  const withKinds = [...days.values()].map((day) => (day.kind === kindOf(day.day) ? day : { ...day, kind: kindOf(day.day) }))
  return { today, streak, days: withKinds.sort((a, b) => a.day - b.day) }
}
