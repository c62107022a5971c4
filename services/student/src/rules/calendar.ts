import { attendedOf } from './marks.ts'
import { pausedBy, type Streak, streakOf } from './streak.ts'
import type { Day, DayKind, Pause, Student } from './student.ts'
import { dayOf, skippedDays } from './zones.ts'

/** How a student's days stand now; `days` are those given, with their kinds as of today, and the days that bridge. */
export type Standing = { today: number; streak: Streak; days: Day[] }

/** The streak as of now, and every day with the kind it has by that. */
export function standingOf(
  student: Student,
  known: { days: readonly Day[]; pauses: readonly Pause[] },
  time: { now: number; dayStartHour: number },
): Standing {
  const calendar = { zones: student.zones, dayStartHour: time.dayStartHour }
  const today = dayOf(time.now, calendar) ?? 0
  const activities = new Map(known.days.flatMap((day) => (attendedOf(day) > 0 ? [[day.day, attendedOf(day)] as const] : [])))
  const streak = streakOf(activities, pausedBy(known.pauses, skippedDays(calendar)), today)
  const days = new Map(known.days.map((day) => [day.day, day]))
  for (const day of streak.bridges.keys()) if (!days.has(day)) days.set(day, { day, marks: '', kind: null, told: false })
  const kindOf = (day: number): DayKind | null => (activities.has(day) ? 'active' : (streak.bridges.get(day) ?? null))
  const dated = [...days.values()].map((day) => (day.kind === kindOf(day.day) ? day : { ...day, kind: kindOf(day.day) }))
  return { today, streak, days: dated.sort((a, b) => a.day - b.day) }
}
