import type { Caller } from '@repitbot/contracts/endpoint'
import type { Database } from '@repitbot/kit/database'
import { Failure } from '@repitbot/kit/failure'
import { within } from '@repitbot/kit/reach'
import type { Holder } from '../rules/facts.ts'
import type { Known, Pause, Settled, StudentRecord } from '../rules/student.ts'
import { dateOf } from '../rules/zones.ts'
import type { Tables } from '../tables.ts'
import { loadKnown, lockLessons, lockStudents, type Member, plansAlongKeys } from './load-known.ts'
import { type StudentRow, studentOf } from './rows.ts'
import { saveSettled } from './save-settled.ts'
import * as sql from './statements.ts'

export type StudentsChange = {
  now: number
  /** The lessons it is about; who has facts of them is told to `whom`, under a lock. */
  lessonIds: string[]
  whom: (holders: Holder[]) => Member[]
  /** Days whose facts the decision needs; each day once. */
  daysOf: (student: StudentRecord) => number[]
  decide: (known: Known) => Settled
}
export type StudentChange<T> = { now: number; decide: (known: Known) => T }

export const changing = (database: Database, tables: Tables) => ({
  /**
   * Locks the students that `whom` names, heard of or not, all in one order; loads for all at once what deciding needs; saves for all at
   * once what was decided, with what is said. Some dozen statements, however many students.
   */
  changeStudents: (schoolId: string[], change: StudentsChange): Promise<void> =>
    database.transaction({ schoolId }, async (tx) => {
      plansAlongKeys(tx)
      const members = change.whom(await lockLessons(tx, change.lessonIds))
      if (members.length === 0) return
      const known = await loadKnown(tx, await lockStudents(tx, members), change.daysOf)
      const changes = known.map((one) => ({ known: one, settled: change.decide(one) }))
      saveSettled(tx, changes, change.now)
    }),

  /** Locks one student within the caller's reach (else not_found), and saves what `decide` says, with a new pause where there is one. */
  changeStudent: <T extends { settled: Settled; pause?: Pause & { id: string } }>(
    caller: Caller,
    studentId: string,
    change: StudentChange<T>,
  ) =>
    database.transaction(caller, async (tx): Promise<T> => {
      plansAlongKeys(tx)
      const whose = `student_id = $1 and ${sql.isStudent} and ${within(caller, 'student_id')}`
      const rows = await tx.query<StudentRow>(`${sql.selectStudent} where ${whose} for update`, [studentId])
      const [known] = await loadKnown(tx, rows.map(studentOf), () => [])
      if (!known) throw new Failure('not_found')
      const outcome = change.decide(known)
      saveSettled(tx, [{ known, settled: outcome.settled }], change.now)
      if (outcome.pause) {
        const { id, from, until } = outcome.pause
        const by = { studentId, schoolId: caller.schoolId, setBy: caller.userId, setAt: new Date(change.now) }
        await tables.pause.create({ id, fromDay: dateOf(from), untilDay: dateOf(until), ...by }, { transaction: tx.sequelize })
      }
      return outcome
    }),

  /** Schools are kept so that the day can be closed for all of them. */
  addSchools: (schoolId: string[]): Promise<void> =>
    database.transaction({ schoolId }, async (tx) => void (await tx.query(sql.addSchools, [schoolId], 'add-schools'))),
})
