import type { NewEvent } from '@repitbot/contracts/events'
import type { FailureCode } from '@repitbot/contracts/failures'
import { cancel } from './cancel.ts'
import type { Lesson, Outcome } from './lesson.ts'
import { lessonChanged } from './lesson-events.ts'
import type { Person } from './plan.ts'

type Cleared = { userId: string; name: string; version: number }
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
  if (givenBy || students.length === 0) {
    const outcome = cancel(lesson, { by: userId }, now)
    return typeof outcome === 'string' ? outcome : { ...outcome, events: outcome.events.map(asCleared) }
  }
  const next: Lesson = { ...lesson, students, version: lesson.version + 1 }
  return { lesson: next, events: [lessonChanged(next, lesson, userId)] }
}

const asCleared = (event: NewEvent): NewEvent =>
  event.name === 'lesson.cancelled' ? { ...event, body: { ...event.body, cleared: true } } : event

/** What is said of somebody's lessons that were cleared, once for each tutor: of the tutors in these lessons one event each. */
export function lessonsCleared({ userId, name, version }: Cleared, lessons: Lesson[]): NewEvent[] {
  return [...Map.groupBy(lessons, ({ tutorId }) => tutorId)].map(([tutorId, all]) => {
    const left = all.filter(({ status }) => status === 'scheduled').length
    return { name: 'lessons.cleared', body: { personId: userId, name, tutorId, cancelled: all.length - left, left, version } }
  })
}

/** A lesson that is to be held again, without those who may be in none any more; as it is when nobody is left. */
export const withThoseWhoMay = (lesson: Lesson, people: Map<string, Person>, now: Date): Lesson =>
  isAhead(lesson, now) ? (withoutClosed([lesson], people)[0] ?? lesson) : lesson

/** Whether a lesson comes to be held ahead that was not to be. */
export function comesAhead({ before, next }: { before: Lesson; next: Lesson }, now: Date): boolean {
  const isToBeHeld = (lesson: Lesson) => lesson.status === 'scheduled' && isAhead(lesson, now)
  return isToBeHeld(next) && !isToBeHeld(before)
}
export const isWithoutClosed = (lesson: Lesson, people: Map<string, Person>): boolean =>
  withoutClosed([lesson], people)[0]?.students.length === lesson.students.length
const isAhead = ({ startsAt }: Lesson, now: Date) => Date.parse(startsAt) > now.getTime()

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
