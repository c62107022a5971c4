import type { FailureCode } from '@repitbot/contracts/failures'
import { changeLesson, type LessonFields } from './change-lesson.ts'
import type { Lesson, Outcome } from './lesson.ts'
import { lessonChanged, lessonMoved } from './lesson-events.ts'
import { move } from './move.ts'

type To = Parameters<typeof move>[1] & { fields: LessonFields }

/** Moves a lesson and changes what it is about in one step, one version on, said as one event. */
export function moveAndChange(lesson: Lesson, { fields, ...to }: To): Outcome | FailureCode {
  const moved = move(lesson, to)
  if (typeof moved === 'string') return moved
  const { by } = to
  const changed = changeLesson(moved.lesson, { fields, version: moved.lesson.version, by })
  if (typeof changed === 'string' || !changed.events.length) return typeof changed === 'string' ? changed : moved
  const next = { ...changed.lesson, version: lesson.version + 1 }
  if (next.startsAt === lesson.startsAt) return { lesson: next, events: [lessonChanged(next, lesson, by)] }
  const back = lesson.movedFrom !== undefined && next.movedFrom === undefined
  return { lesson: next, events: [lessonMoved(next, { from: lesson.startsAt, by, back, was: lesson })] }
}
