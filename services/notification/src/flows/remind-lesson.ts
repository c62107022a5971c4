import type { JobRequest } from '@repitbot/kit/job'
import type { z } from 'zod'
import type { Deps, Unit } from '../deps.ts'
import type { jobTypes } from '../rules/jobs.ts'
import { isNoticeCode, rowOf } from '../rules/notices.ts'
import { isDue, isEve, type Lesson, reminderAbouts } from '../rules/reminders.ts'
import { notifyPeople } from './notify-people.ts'

type Request = JobRequest<z.output<typeof jobTypes.remind.payload>>

/** Decides by the lesson as it is now: when it was moved or cancelled, or the job comes too late, there is no reminder. */
export const remindLesson = (deps: Deps, { schoolId, correlationId, payload: { code, lessonId, studentId } }: Request) =>
  deps.store.transaction({ schoolId }, async (unit) => {
    if (!isNoticeCode(code)) return
    const { ahead } = rowOf(code)
    const lesson = await unit.findLesson(lessonId)
    if (lesson && studentId) return remindOnEve(deps, unit, lesson, studentId)
    if (!ahead || !lesson || !isDue(ahead, lesson, deps.now())) return
    await notifyPeople(deps, unit, [{ code, source: { schoolId, correlationId }, abouts: reminderAbouts(lesson) }])
  })

async function remindOnEve(deps: Deps, unit: Unit, lesson: Lesson, studentId: string): Promise<void> {
  const [quietSetting] = await unit.listQuietSettings([studentId])
  if (!quietSetting || !lesson.students.includes(studentId) || !isEve(lesson, quietSetting, deps.now())) return
  const abouts = reminderAbouts({ ...lesson, students: [studentId] })
  await notifyPeople(deps, unit, [{ code: 'lesson_reminder_eve', source: lesson, abouts }])
}
