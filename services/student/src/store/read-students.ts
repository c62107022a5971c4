import type { Caller } from '@repitbot/contracts/endpoint'
import { nilUuid } from '@repitbot/contracts/uuid'
import type { Database, Transaction } from '@repitbot/kit/database'
import { Failure } from '@repitbot/kit/failure'
import { within } from '@repitbot/kit/reach'
import { Op } from 'sequelize'
import type { StudentState } from '../rules/student.ts'
import type { LedgerEntry, Tables } from '../tables.ts'
import { loadStates, type Member, plansAlongKeys } from './load-students.ts'
import { type StudentRow, studentOf } from './rows.ts'
import * as sql from './statements.ts'

type MemberRow = { student_id: string; school_id: string }
const memberOf = (row: MemberRow): Member => ({ id: row.student_id, schoolId: row.school_id })
type StudentHistory = Omit<StudentState, 'facts'>
type EveningPage = { now: number; dayStartHour: number; after: string | null; limit: number }
const hourMs = 3_600_000

export const readsStore = (database: Database, tables: Tables) => ({
  /** A student within the caller's reach with all their days; throws not_found. */
  getStudent: (caller: Caller, studentId: string): Promise<StudentHistory> =>
    database.transaction(caller, (tx) => getState(tx, caller, studentId)),

  /** With the instant at which each achievement was earned. */
  getEarned: (caller: Caller, studentId: string): Promise<StudentHistory & { earnedAt: Map<string, Date> }> =>
    database.transaction(caller, async (tx) => {
      const state = await getState(tx, caller, studentId)
      const rows = await tables.achievement.findAll({ where: { studentId }, transaction: tx.sequelize, raw: true })
      const earned = rows as unknown as { code: string; earnedAt: Date }[]
      return { ...state, earnedAt: new Map(earned.map(({ code, earnedAt }) => [code, earnedAt])) }
    }),

  /** Ledger rows of a student within reach (else not_found), the latest first, after the row `before`. */
  listXp: (caller: Caller, studentId: string, page: { before?: string | undefined; limit: number }): Promise<LedgerEntry[]> =>
    database.transaction(caller, async (tx) => {
      await getStudent(tx, caller, studentId)
      const older = page.before ? { id: { [Op.lt]: page.before } } : {}
      const rows = await tables.ledger.findAll({
        where: { studentId, ...older },
        order: [['id', 'desc']],
        limit: page.limit,
        transaction: tx.sequelize,
      })
      return rows.map((row) => row.get())
    }),

  /** Up to `limit` schools in order, after one of them. */
  listSchools: (after: string | null, limit: number): Promise<string[]> =>
    database.transaction({ schoolId: nilUuid }, async (tx) => {
      const rows = await tx.query<{ school_id: string }>(sql.schoolsAfter, [after, limit], 'schools-after')
      return rows.map(({ school_id }) => school_id)
    }),

  /** Students of these schools whose day is over. */
  listToClose: (schoolId: string[], before: { now: Date; limit: number }): Promise<Member[]> =>
    database.transaction({ schoolId }, async (tx) => {
      const rows = await tx.query<MemberRow>(sql.dueToClose, [before.now, before.limit], 'due-to-close')
      return rows.map(memberOf)
    }),

  /** Students of these schools who studied lately, for whom it is about evening, and whose streak was not checked this evening; in order, after one of them. */
  listEvening: (schoolId: string[], { now, dayStartHour, after, limit }: EveningPage): Promise<Member[]> =>
    database.transaction({ schoolId }, async (tx) => {
      const inHours = (hours: number) => new Date(now + hours * hourMs)
      const ends = [inHours(3 + dayStartHour), inHours(8 + dayStartHour)]
      const rows = await tx.query<MemberRow>(sql.inTheEvening, [...ends, inHours(-4), after, limit])
      return rows.map(memberOf)
    }),
})

async function getStudent(tx: Transaction, caller: Caller, studentId: string) {
  const condition = `student_id = $1 and ${sql.isStudent} and ${within(caller, 'student_id')}`
  const [row] = await tx.query<StudentRow>(`${sql.selectStudent} where ${condition}`, [studentId])
  if (!row) throw new Failure('not_found')
  return studentOf(row)
}

async function getState(tx: Transaction, caller: Caller, studentId: string): Promise<StudentState> {
  plansAlongKeys(tx)
  const student = await getStudent(tx, caller, studentId)
  const [state] = await loadStates(tx, [student], () => [])
  if (!state) throw new Failure('not_found')
  return state
}
