import type { Caller } from '@repitbot/contracts/endpoint'
import { orThrow } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { cancel } from '../rules/cancel.ts'

type Cancelling = { lessonId: string; reason?: string }

/** By the tutor or the school: free for the family. */
export const cancelLesson = ({ store, now }: Deps, caller: Caller, { lessonId, ...details }: Cancelling & { makeUpCredit: boolean }) =>
  store.changeLesson(caller, lessonId, (lesson) => orThrow(cancel(lesson, { by: caller.userId, ...details }, now())))

/** By the family: as the school's policy has it. */
export async function cancelLessonByFamily({ store, now }: Deps, caller: Caller, { lessonId, reason }: Cancelling) {
  const policy = await store.getPolicy(caller)
  return store.changeLesson(caller, lessonId, (lesson) => orThrow(cancel(lesson, { by: caller.userId, reason, policy }, now())))
}
