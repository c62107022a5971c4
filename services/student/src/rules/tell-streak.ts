import type { NewEvent } from '@repitbot/contracts/events'
import type { Standing } from './calendar.ts'
import { milestoneReached } from './streak.ts'
import type { Day, Student } from './student.ts'
import { dateOf } from './zones.ts'

/** A freeze spent longer ago than this was found by counting an old day again; nobody wants to hear of it now. */
const freshDays = 3

/** What is to be told of the streak: a milestone once ever, a spent freeze once for each day, and only while it is news. */
export function tellStreak(student: Student, { streak, days, today }: Standing): { student: Student; days: Day[]; events: NewEvent[] } {
  const events: NewEvent[] = []
  const reached = milestoneReached(student.milestone, streak.best)
  if (reached !== null) events.push({ name: 'streak.reached', body: { studentId: student.id, days: reached } })
  const frozen = days.filter(({ kind, told }) => kind === 'frozen' && !told)
  const fresh = frozen.findLast(({ day }) => day >= today - freshDays)
  if (fresh) {
    const body = { studentId: student.id, day: dateOf(fresh.day), days: streak.current, freezesLeft: streak.freezes }
    events.push({ name: 'streak.frozen', body })
  }
  const untold = new Set(frozen)
  return {
    student: reached === null ? student : { ...student, milestone: reached },
    days: days.map((day) => (untold.has(day) ? { ...day, told: true } : day)),
    events,
  }
}
