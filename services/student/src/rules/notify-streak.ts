import type { NewEvent } from '@repitbot/contracts/events'
import { milestoneReached } from './streak.ts'
import type { StreakState } from './streak-state.ts'
import type { Day, Student } from './student.ts'
import { dateOf } from './zones.ts'

/** An older freeze was found by counting an old day again: too late to be worth a notice. */
const freshDays = 3

/** The events about a streak, and the student and days marked as notified: a milestone once ever, a spent freeze once for each recent day. */
export function notifyStreak(
  student: Student,
  { streak, days, today }: StreakState,
): { student: Student; days: Day[]; events: NewEvent[] } {
  const events: NewEvent[] = []
  const reached = milestoneReached(student.milestone, streak.best)
  if (reached !== null) events.push({ name: 'streak.reached', body: { studentId: student.id, days: reached } })
  const frozen = days.filter(({ kind, notified }) => kind === 'frozen' && !notified)
  const fresh = frozen.findLast(({ day }) => day >= today - freshDays)
  if (fresh) {
    const body = { studentId: student.id, day: dateOf(fresh.day), days: streak.current, freezesLeft: streak.freezes }
    events.push({ name: 'streak.frozen', body })
  }
  const newlyFrozen = new Set(frozen)
  return {
    student: reached === null ? student : { ...student, milestone: reached },
    days: days.map((day) => (newlyFrozen.has(day) ? { ...day, notified: true } : day)),
    events,
  }
}
