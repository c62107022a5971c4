import { randomUUIDv7 } from 'node:crypto'
import type { Caller } from '@repitbot/contracts/endpoint'
import type { LessonPlan } from '@repitbot/contracts/lesson-plan'
import { Failure } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import type { Lesson } from '../rules/lesson.ts'
import { makeUpFault } from '../rules/make-up.ts'
import { plan } from '../rules/plan.ts'
import { checkPeople, checkStart, idsIn, tutorOf } from './check-plan.ts'

export async function planLesson({ store, now }: Deps, caller: Caller, body: LessonPlan): Promise<Lesson> {
  checkStart(body.startsAt, now())
  const tutorId = tutorOf(caller, body.tutorId)
  const named = { tutorId, students: body.students }
  const [lesson] = await store.planLessons(caller, { ids: idsIn(named), makeUpOf: body.makeUpOf }, (people, cancelled) => {
    const known = checkPeople(named, people)
    const fault = cancelled && makeUpFault(cancelled, body.students)
    if (fault) throw new Failure(fault)
    return [plan(randomUUIDv7(), { body, tutorId }, known)]
  })
  return lesson as Lesson
}
