import { randomUUIDv7 } from 'node:crypto'
import type { Transaction } from '@repitbot/kit/database'
import type { Known, Settled, Student } from '../rules/student.ts'
import { changedMonths, instant } from './rows.ts'
import * as sql from './statements.ts'

/** Which rules wrote a ledger row; raised when a rule comes to another result for the same fact. */
const ruleVersion = 1
export type Change = { known: Known; settled: Settled }

/** Saves what was decided of all these students: one statement a table, none for a table without changes; then says it. */
export function saveSettled(tx: Transaction, changes: readonly Change[], now: number): void {
  const all = <T>(rowsOf: (change: Change) => T[]) => changes.flatMap(rowsOf)
  const write = (name: string, statement: string, rows: object[], ...more: unknown[]) => {
    if (rows.length > 0) tx.send(statement, [JSON.stringify(rows), ...more], name)
  }
  const whose = ({ known: { student } }: Change) => ({ student_id: student.id, school_id: student.schoolId })
  write(
    'save-facts',
    sql.saveFacts,
    all((change) => change.settled.facts.map((fact) => ({ ...whose(change), ...factRow(fact) }))),
  )
  const entries = all((change) => change.settled.rows.map((row) => ({ ...whose(change), id: randomUUIDv7(), ...ledgerRow(row) })))
  write('write-ledger', sql.writeLedger, entries, ruleVersion)
  const months = all((change) => changedMonths(change.known.days, change.settled.days).map((month) => ({ ...whose(change), ...month })))
  write('save-months', sql.saveMonths, months)
  const given = all((change) =>
    change.settled.earned.map(({ code, rewardXp }) => ({ ...whose(change), code, reward_xp: rewardXp, earned_at: instant(now) })),
  )
  write('give-achievements', sql.giveAchievements, given)
  const students = all(({ known, settled }) => (settled.student === known.student ? [] : [studentRow(settled.student)]))
  write('save-students', sql.saveStudents, students)
  tx.publish(...all(({ settled }) => settled.events))
}

const studentRow = (student: Student) => ({
  student_id: student.id,
  zones: student.zones,
  registered_at: student.registeredAt === null ? null : instant(student.registeredAt),
  game_on: student.gameOn,
  total_xp: student.totalXp,
  level: student.level,
  lessons: student.lessons,
  minutes: student.minutes,
  subjects: student.subjects,
  milestone: student.milestone,
  close_at: student.closeAt === null ? null : instant(student.closeAt),
  risk_at: student.riskAt === null ? null : instant(student.riskAt),
})

const factRow = ({ terms, ...fact }: Settled['facts'][number]) => ({
  lesson_id: fact.lessonId,
  version: fact.version,
  held: fact.held,
  held_at: instant(fact.heldAt),
  day: fact.day,
  type: fact.type,
  subject: fact.subject,
  minutes: fact.minutes,
  attendance: fact.attendance,
  grade_percent: fact.percent,
  rate: terms?.rate,
  daily_cap_xp: terms?.dailyCapXp,
  settings_generation: terms?.generation,
  xp: fact.xp,
  ledger_rows: fact.rows,
  cut: fact.cut,
  event_id: fact.eventId,
})

const ledgerRow = ({ sourceId, heldAt, eventId, ...row }: Settled['rows'][number]) => ({
  ...row,
  source_id: sourceId,
  held_at: instant(heldAt),
  event_id: eventId,
})
