import type { Transaction } from '@repitbot/kit/database'
import type { Holder } from '../rules/facts.ts'
import type { StudentRecord, StudentState } from '../rules/student.ts'
import { dateOf } from '../rules/zones.ts'
import { daysOf, type FactRow, factOf, type HistoryRow, pausesOf, type StudentRow, studentOf } from './rows.ts'
import * as sql from './statements.ts'

export type Member = { id: string; schoolId: string }

/** Must be the first statement of every transaction that runs one of these statements: Postgres keeps the plan that it made without it. */
export const plansAlongKeys = (tx: Transaction): void => tx.send(sql.plansAlongKeys, [], 'plans-along-keys')

/** The students who have facts of these lessons. The lessons stay locked until the transaction ends. */
export async function lockLessons(tx: Transaction, lessonIds: string[]): Promise<Holder[]> {
  if (lessonIds.length === 0) return []
  tx.send(sql.lockLessons, [lessonIds], 'lock-lessons')
  type Row = { lesson_id: string; student_id: string; school_id: string; version: number; day: number | null }
  const rows = await tx.query<Row>(sql.holdersOf, [lessonIds], 'holders-of')
  return rows.map((row) => ({
    lessonId: row.lesson_id,
    studentId: row.student_id,
    schoolId: row.school_id,
    version: row.version,
    day: row.day,
  }))
}

/** Locks the students, and inserts a row for those who have none. A batch may name a student for another school too; rules/facts.ts leaves such reports out. */
export async function lockStudents(tx: Transaction, members: readonly Member[]): Promise<StudentRecord[]> {
  const schools = new Map(members.map(({ id, schoolId }) => [id, schoolId]))
  const ids = [...schools.keys()]
  tx.send(sql.addStudents, [ids, [...schools.values()]], 'add-students')
  const rows = await tx.query<StudentRow>(sql.lockStudents, [ids], 'lock-students')
  return rows.map(studentOf)
}

/** The students with their days, pauses and achievements, and with the facts of the days that `daysOfFacts` names. */
export async function loadStates(
  tx: Transaction,
  students: readonly StudentRecord[],
  daysOfFacts: (student: StudentRecord) => number[],
): Promise<StudentState[]> {
  if (students.length === 0) return []
  const ids = students.map(({ id }) => id)
  const factDays = students.flatMap((student) => daysOfFacts(student).map((day) => ({ id: student.id, on: dateOf(day) })))
  const [histories, facts] = await Promise.all([
    tx.query<HistoryRow>(sql.histories, [ids], 'histories'),
    tx.query<FactRow>(sql.factsOfDays, [factDays.map(({ id }) => id), factDays.map(({ on }) => on), ids], 'facts-of-days'),
  ])
  const factsOf = Map.groupBy(facts, (row) => row.student_id)
  const historyOf = new Map(histories.map((row) => [row.student_id, row]))
  return students.flatMap((student) => {
    const history = historyOf.get(student.id)
    if (!history) return []
    const ownFacts = (factsOf.get(student.id) ?? []).map(factOf)
    return {
      student: { ...student, role: history.role },
      facts: ownFacts,
      days: daysOf(history),
      pauses: pausesOf(history),
      earned: new Set(history.earned),
    }
  })
}
