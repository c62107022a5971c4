import type { FailureCode } from '@repitbot/contracts/failures'
import type { Lesson } from './lesson.ts'

/** The refusal of a lesson that is to make up for a cancelled one: nothing was promised for it, or not to these students, or all of it is planned already. */
export function makeUpFault(cancelled: Lesson, students: { studentId: string }[]): FailureCode | undefined {
  const owed = cancelled.cancellation?.makeUpCredit ? cancelled.students.filter(({ madeUpBy }) => !madeUpBy) : []
  return owed.some((seat) => students.some(({ studentId }) => studentId === seat.studentId)) ? undefined : 'no_make_up_owed'
}
