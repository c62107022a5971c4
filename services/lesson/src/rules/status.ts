import type { LessonStatus } from '@repitbot/contracts/lesson'
import { endsAt, type Lesson } from './lesson.ts'

/** The status people see: time alone turns a scheduled lesson into one that awaits its report, so no job has to. */
export function visibleStatus(lesson: Lesson, now: Date): LessonStatus {
  if (lesson.status !== 'scheduled') return lesson.status
  if (endsAt(lesson) <= now.getTime()) return 'awaiting_confirmation'
  return lesson.movedFrom ? 'rescheduled' : 'scheduled'
}
/** A lesson as the API answers it. */
export const toReply = (lesson: Lesson, now: Date) => ({ ...lesson, status: visibleStatus(lesson, now) })
