import { isDeepStrictEqual } from 'node:util'
import type { Lesson } from './lesson.ts'

/** A span in which a lesson takes the time of one person, tutor or student. */
export type Hold = { lessonId: string; personId: string; startsAt: string; minutes: number }

/** A cancelled lesson leaves everybody free. */
export const occupiesTime = ({ status }: Lesson) => status === 'scheduled' || status === 'completed'

/** Whose time a lesson takes, and when. */
export function timeFootprint(lesson: Lesson): Hold[] {
  if (!occupiesTime(lesson)) return []
  const { id: lessonId, tutorId, startsAt, minutes, students } = lesson
  const people = new Set([tutorId, ...students.map(({ studentId }) => studentId)])
  return [...people].sort().map((personId) => ({ lessonId, personId, startsAt, minutes }))
}

/** True when a change leaves everybody's time as it was, as a report does. */
export const hasSameFootprint = (before: Lesson, next: Lesson) => isDeepStrictEqual(timeFootprint(before), timeFootprint(next))
