import type { JobRequest } from '@repitbot/kit/job'
import type { z } from 'zod'
import type { Deps, Unit } from '../deps.ts'
import type { jobTypes } from '../rules/jobs.ts'
import { isNoticeCode, rowOf } from '../rules/notices.ts'
import { isDue, isEve, type Lesson, reminded } from '../rules/reminders.ts'
import { tellPeople } from './tell-people.ts'

type Request = JobRequest<z.output<typeof jobTypes.remind.payload>>

/** Reads the lesson as it is now: when it was moved, called off or the job comes too late, nothing is told. */
export const remindLesson = (deps: Deps, { schoolId, correlationId, payload: { code, lessonId, studentId } }: Request) =>
  deps.store.transaction({ schoolId }, async (unit) => {
    if (!isNoticeCode(code)) return
    const { ahead } = rowOf(code)
    const lesson = await unit.findLesson(lessonId)
    if (lesson && studentId) return tellEve(deps, unit, lesson, studentId)
    if (!ahead || !lesson || !isDue(ahead, lesson, deps.now())) return
    await tellPeople(deps, unit, [{ code, source: { schoolId, correlationId }, abouts: reminded(lesson) }])
  })

async function tellEve(deps: Deps, unit: Unit, lesson: Lesson, studentId: string): Promise<void> {
  const [sleeper] = await unit.listSleepers([studentId])
  if (!sleeper || !lesson.students.includes(studentId) || !isEve(lesson, sleeper, deps.now())) return
  const abouts = reminded({ ...lesson, students: [studentId] })
  await tellPeople(deps, unit, [{ code: 'lesson_reminder_eve', source: lesson, abouts }])
}
