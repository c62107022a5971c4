import { randomUUIDv7 } from 'node:crypto'
import type { Transaction } from '@repitbot/kit/database'
import type { Student, StudentState, XpResult } from '../rules/student.ts'
import { changedMonths, instant } from './rows.ts'
import * as sql from './statements.ts'

/** Which version of the rules wrote a ledger row; raise it when a rule comes to another result for the same fact. */
const ruleVersion = 1
/** A student's state as it was loaded, and what was decided. */
export type StateChange = { state: StudentState; result: XpResult }

/** Saves the results of all these students, one statement a table and none for a table without changes, and publishes their events. */
export function saveResults(tx: Transaction, changes: readonly StateChange[], now: number): void {
  const all = <T>(rowsOf: (change: StateChange) => T[]) => changes.flatMap(rowsOf)
  const write = (name: string, statement: string, rows: object[], ...more: unknown[]) => {
    if (rows.length > 0) tx.send(statement, [JSON.stringify(rows), ...more], name)
  }
  const ids = ({ state: { student } }: StateChange) => ({ student_id: student.id, school_id: student.schoolId })
  write(
    'save-facts',
    sql.saveFacts,
    all((change) => change.result.facts.map((fact) => ({ ...ids(change), ...factRow(fact) }))),
  )
  const entries = all((change) => change.result.rows.map((row) => ({ ...ids(change), id: randomUUIDv7(), ...ledgerRow(row) })))
  write('write-ledger', sql.writeLedger, entries, ruleVersion)
  const months = all((change) => changedMonths(change.state.days, change.result.days).map((month) => ({ ...ids(change), ...month })))
  write('save-months', sql.saveMonths, months)
  const given = all((change) =>
    change.result.earned.map(({ code, rewardXp }) => ({ ...ids(change), code, reward_xp: rewardXp, earned_at: instant(now) })),
  )
  write('give-achievements', sql.giveAchievements, given)
  const students = all(({ state, result }) => (result.student === state.student ? [] : [studentRow(result.student)]))
  write('save-students', sql.saveStudents, students)
  tx.publish(...all(({ result }) => result.events))
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

const factRow = ({ applied, ...fact }: XpResult['facts'][number]) => ({
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
  rate: applied?.rate,
  daily_cap_xp: applied?.dailyCapXp,
  settings_generation: applied?.generation,
  xp: fact.xp,
  ledger_rows: fact.rows,
  cut: fact.cappedBy,
  event_id: fact.eventId,
})

const ledgerRow = ({ sourceId, heldAt, eventId, ...row }: XpResult['rows'][number]) => ({
  ...row,
  source_id: sourceId,
  held_at: instant(heldAt),
  event_id: eventId,
})
