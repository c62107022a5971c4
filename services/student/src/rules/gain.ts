import type { NewEvent } from '@repitbot/contracts/events'
import { levelFor, levelsOf } from './levels.ts'
import type { LedgerRow, Student, Terrain } from './student.ts'

/** The student with one ledger row more, and what is said of it. The total stays a number that is exact; a level once reached is kept. */
export function gain(student: Student, row: LedgerRow, { settings }: Terrain): { student: Student; events: NewEvent[] } {
  if (row.delta === 0) return { student, events: [] }
  const totalXp = Math.min(Number.MAX_SAFE_INTEGER, Math.max(0, student.totalXp + row.delta))
  const level = Math.max(student.level, levelFor(totalXp, levelsOf(settings.xp.levels)))
  const body = {
    studentId: student.id,
    delta: row.delta,
    totalXp,
    level,
    source: row.kind,
    sourceId: row.sourceId,
    heldAt: new Date(row.heldAt).toISOString(),
    ...(student.gameOn ? {} : { silent: true }),
  }
  return { student: { ...student, totalXp, level }, events: [{ name: 'xp.earned', body }] }
}
