import type { Caller } from '@repitbot/contracts/endpoint'
import { orThrow } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { restore, restoreByFamily } from '../rules/restore.ts'

export const restoreLesson = ({ store, now }: Deps, caller: Caller, { lessonId }: { lessonId: string }) =>
  store.changeLesson(caller, lessonId, (lesson) => orThrow(restore(lesson, caller.userId, now())))

export async function restoreLessonByFamily({ store, now }: Deps, caller: Caller, { lessonId }: { lessonId: string }) {
  const policy = await store.getPolicy(caller)
  return store.changeLesson(caller, lessonId, (lesson) => orThrow(restoreByFamily(lesson, { by: caller.userId, policy }, now())))
}
