import type { Caller } from '@repitbot/contracts/endpoint'
import type { Database } from '@repitbot/kit/database'
import { Failure } from '@repitbot/kit/failure'
import { within } from '@repitbot/kit/reach'
import type { Holder } from '../rules/facts.ts'
import type { Pause, StudentRecord, StudentState, XpResult } from '../rules/student.ts'
import { dateOf } from '../rules/zones.ts'
import type { Tables } from '../tables.ts'
import { loadStates, lockLessons, lockStudents, type Member, plansAlongKeys } from './load-students.ts'
import { type StudentRow, studentOf } from './rows.ts'
import { saveResults } from './save-results.ts'
import * as sql from './statements.ts'

export type StudentsChange = {
  now: number
  /** The lessons of the batch. They are locked, and `membersOf` is given the students who have facts of them. */
  lessonIds: string[]
  membersOf: (holders: Holder[]) => Member[]
  /** Days whose facts the decision needs; each day once. */
  daysOf: (student: StudentRecord) => number[]
  decide: (state: StudentState) => XpResult
}
export type StudentChange<T> = { now: number; decide: (state: StudentState) => T }

export const changesStore = (database: Database, tables: Tables) => ({
  /**
   * Locks the students that `membersOf` names, in one order for all transactions; loads the state of all, saves the results of all, and
   * publishes their events. About a dozen statements, however many students.
   */
  changeStudents: (schoolId: string[], change: StudentsChange): Promise<void> =>
    database.transaction({ schoolId }, async (tx) => {
      plansAlongKeys(tx)
      const members = change.membersOf(await lockLessons(tx, change.lessonIds))
      if (members.length === 0) return
      const states = await loadStates(tx, await lockStudents(tx, members), change.daysOf)
      const changes = states.map((state) => ({ state, result: change.decide(state) }))
      saveResults(tx, changes, change.now)
    }),

  /** Locks one student within the caller's reach (else not_found), and saves what `decide` returns, and a new pause if there is one. */
  changeStudent: <T extends { result: XpResult; pause?: Pause & { id: string } }>(
    caller: Caller,
    studentId: string,
    change: StudentChange<T>,
  ) =>
    database.transaction(caller, async (tx): Promise<T> => {
      plansAlongKeys(tx)
      const condition = `student_id = $1 and ${sql.isStudent} and ${within(caller, 'student_id')}`
      const rows = await tx.query<StudentRow>(`${sql.selectStudent} where ${condition} for update`, [studentId])
      const [state] = await loadStates(tx, rows.map(studentOf), () => [])
      if (!state) throw new Failure('not_found')
      const outcome = change.decide(state)
      saveResults(tx, [{ state, result: outcome.result }], change.now)
      if (outcome.pause) {
        const { id, from, until } = outcome.pause
        const by = { studentId, schoolId: caller.schoolId, setBy: caller.userId, setAt: new Date(change.now) }
        await tables.pause.create({ id, fromDay: dateOf(from), untilDay: dateOf(until), ...by }, { transaction: tx.sequelize })
      }
      return outcome
    }),

  /** The day is closed for all schools of this table. */
  addSchools: (schoolId: string[]): Promise<void> =>
    database.transaction({ schoolId }, async (tx) => void (await tx.query(sql.addSchools, [schoolId], 'add-schools'))),
})
