import type { Caller } from '@repitbot/contracts/endpoint'
import { agreed } from '@repitbot/kit/failure'
import type { Inside } from '../inside.ts'
import { cancel, waive } from '../rules/cancel.ts'
import { move } from '../rules/move.ts'
import { reopen } from '../rules/reopen.ts'
import { checkStart } from './check-plan.ts'

type One = { lessonId: string }

export const reopenLesson = ({ store }: Inside, caller: Caller, { lessonId }: One) =>
  store.changeLesson(caller, lessonId, (lesson) => agreed(reopen(lesson)))

export function moveLesson({ store, now }: Inside, caller: Caller, { lessonId, ...to }: One & { startsAt: string; minutes?: number }) {
  checkStart(to.startsAt, now())
  return store.changeLesson(caller, lessonId, (lesson) => agreed(move(lesson, to)))
}

export const cancelLesson = (
  { store, now }: Inside,
  caller: Caller,
  { lessonId, ...how }: One & { reason?: string; makeUpCredit: boolean },
) => store.changeLesson(caller, lessonId, (lesson) => agreed(cancel(lesson, { by: caller.userId, ...how }, now())))

export async function cancelLessonByFamily({ store, now }: Inside, caller: Caller, { lessonId, reason }: One & { reason?: string }) {
  const policy = await store.getPolicy(caller)
  return store.changeLesson(caller, lessonId, (lesson) => agreed(cancel(lesson, { by: caller.userId, reason, policy }, now())))
}

export const waiveCharge = ({ store, now }: Inside, caller: Caller, { lessonId }: One) =>
  store.changeLesson(caller, lessonId, (lesson) => agreed(waive(lesson, now())))
