import type { FailureCode } from '@repitbot/contracts/failures'
import { cancel } from './cancel.ts'
import type { Lesson, Outcome } from './lesson.ts'
import { lessonChanged } from './lesson-events.ts'
import type { Person } from './plan.ts'

export type Duties = { learns: boolean; teaches: boolean }
/** What somebody with this card may do in a lesson. */
export const dutiesOf = ({ role, active }: { role: string; active: boolean }): Duties => ({
  learns: active && role === 'student',
  teaches: active && (role === 'tutor' || role === 'admin'),
})

/** A lesson ahead without somebody who may no longer be in it: cancelled free where they gave it or were its only student, else without their seat. */
export function withoutPerson(lesson: Lesson, userId: string, { duties, now }: { duties: Duties; now: Date }): Outcome | FailureCode {
  const students = lesson.students.filter(({ studentId }) => duties.learns || studentId !== userId)
  const givenBy = lesson.tutorId === userId && !duties.teaches
  if (!givenBy && students.length === lesson.students.length) return { lesson, events: [] }
  if (givenBy || students.length === 0) return cancel(lesson, { by: userId }, now)
  const next: Lesson = { ...lesson, students, version: lesson.version + 1 }
  return { lesson: next, events: [lessonChanged(next, lesson, userId)] }
}

/** The lessons that a series lacks, with those who may still be in them: none of a tutor who may not, and none without a student. Somebody of whom nothing is known yet counts as able. */
export function withoutClosed<L extends Lesson>(lessons: L[], people: Map<string, Person>): L[] {
  const may = (userId: string, duty: keyof Duties) => {
    const person = people.get(userId)
    return !person || dutiesOf(person)[duty]
  }
  return lessons.flatMap((lesson) => {
    const students = lesson.students.filter(({ studentId }) => may(studentId, 'learns'))
    return may(lesson.tutorId, 'teaches') && students.length ? [{ ...lesson, students }] : []
  })
}
