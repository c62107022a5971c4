import type { FailureCode } from '@repitbot/contracts/failures'
import type { LessonChange } from '@repitbot/contracts/lesson-plan'
import { type Lesson, type Outcome, refusalUnlessScheduled, type Seat } from './lesson.ts'
import { lessonChanged } from './lesson-events.ts'
import { isSame } from './same.ts'

/** What is changed in a lesson, with the names of the students; what is left out stays, and null takes it away. */
export type LessonFields = Omit<LessonChange, 'version' | 'students'> & { students?: Seat[] }
type Changing = { fields: LessonFields; version: number; by: string }

/** Changes anything but the start of a scheduled lesson, in the version that the caller has seen. The same change again changes nothing. */
export function changeLesson(lesson: Lesson, { fields, version, by }: Changing): Outcome | FailureCode {
  const refusal = refusalUnlessScheduled(lesson)
  if (refusal) return refusal
  const next = withFields(lesson, fields)
  if (isSame(next, lesson)) return { lesson, events: [] }
  if (lesson.version !== version) return 'conflict'
  const changed = { ...next, version: lesson.version + 1 }
  return { lesson: changed, events: [lessonChanged(changed, lesson, by)] }
}

/** The lesson with the fields written in; the version is the caller's to raise. */
export function withFields(lesson: Lesson, { topic, videoUrl, ...fields }: LessonFields): Lesson {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
  return {
    ...lesson,
    ...given,
    topic: topic === undefined ? lesson.topic : (topic ?? undefined),
    videoUrl: videoUrl === undefined ? lesson.videoUrl : (videoUrl ?? undefined),
  }
}
