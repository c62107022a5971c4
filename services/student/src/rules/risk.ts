import { onlyStudent } from './compute-xp.ts'
import { streakStateOf } from './streak-state.ts'
import type { StudentState, XpContext, XpResult } from './student.ts'
import { dateOf, wallAt } from './zones.ts'

/** Hours of the student's own zone: late enough to know the day, early enough to do something, and not at night. */
const fromHour = 17
const untilHour = 20
/** Nobody would miss a shorter streak. */
const daysMin = 3

/**
 * Checks once an evening whether today would break the streak, and publishes it. With a freeze left nothing would break. The check is
 * written down under the student's lock (`riskAt`), so a second one on the same evening does nothing.
 */
export function checkRisk(state: StudentState, context: XpContext): XpResult {
  const { student } = state
  const { now, dayStartHour } = context
  const wall = (hour: number) => wallAt(now, hour, { zones: student.zones, dayStartHour })
  if (now < wall(fromHour) || now >= wall(untilHour) || (student.riskAt ?? 0) >= wall(fromHour)) return onlyStudent(student)
  const checked = onlyStudent({ ...student, riskAt: now })
  const { today, streak } = streakStateOf(student, state, context)
  if (student.role !== 'student' || !student.gameOn || !streak.atRisk || streak.freezes > 0 || streak.current < daysMin) return checked
  const until = new Date(wall(untilHour)).toISOString()
  const body = { studentId: student.id, day: dateOf(today), days: streak.current, until }
  return { ...checked, events: [{ name: 'streak.endangered', body, schoolId: student.schoolId }] }
}
