import { standingOf } from './calendar.ts'
import { unchanged } from './settle.ts'
import type { Known, Settled, Terrain } from './student.ts'
import { dateOf, wallAt } from './zones.ts'

/** When a student may hear of it, by their own wall: late enough to know the day, early enough to do something, and never a countdown at night. */
const fromHour = 17
const untilHour = 20
/** A shorter run is no streak yet that anybody would miss. */
const daysMin = 3

/**
 * Looks once an evening whether today would break the streak. With a freeze in hand nothing would break, so nothing is said.
 * Looking leaves a mark under the student's lock: a second look on the same evening finds it, whoever makes it.
 */
export function lookAtRisk(known: Known, terrain: Terrain): Settled {
  const { student } = known
  const { now, dayStartHour } = terrain
  const wall = (hour: number) => wallAt(now, hour, { zones: student.zones, dayStartHour })
  if (now < wall(fromHour) || now >= wall(untilHour) || (student.riskAt ?? 0) >= wall(fromHour)) return unchanged(student)
  const looked = unchanged({ ...student, riskAt: now })
  const { today, streak } = standingOf(student, known, terrain)
  if (student.role !== 'student' || !student.gameOn || !streak.atRisk || streak.freezes > 0 || streak.current < daysMin) return looked
  const until = new Date(wall(untilHour)).toISOString()
  const body = { studentId: student.id, day: dateOf(today), days: streak.current, until }
  return { ...looked, events: [{ name: 'streak.endangered', body, schoolId: student.schoolId }] }
}
