import type { NewEvent } from '@repitbot/contracts/events'
import { levelFor, levelsOf } from './levels.ts'
import type { LedgerRow, Student, XpContext } from './student.ts'

/** The student with one more ledger row counted, and the event about it. The total stays a safe integer; a level once reached is kept. */
export function addXp(student: Student, row: LedgerRow, { settings }: XpContext): { student: Student; events: NewEvent[] } {
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
