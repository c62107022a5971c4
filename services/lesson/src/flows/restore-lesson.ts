import type { Caller } from '@repitbot/contracts/endpoint'
import type { FailureCode } from '@repitbot/contracts/failures'
import { orThrow } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { type Lesson, type Outcome, peopleIn } from '../rules/lesson.ts'
import { restore, restoreByFamily } from '../rules/restore.ts'
import { withThoseWhoMay } from '../rules/without-person.ts'

export const restoreLesson = (deps: Deps, caller: Caller, { lessonId }: { lessonId: string }) =>
  bringBack(deps, caller, lessonId, (lesson, now) => restore(lesson, caller.userId, now))

export async function restoreLessonByFamily(deps: Deps, caller: Caller, { lessonId }: { lessonId: string }) {
  const policy = await deps.store.getPolicy(caller)
  return bringBack(deps, caller, lessonId, (lesson, now) => restoreByFamily(lesson, { by: caller.userId, policy }, now))
}

/** Without those who may be in no lesson any more; the store refuses a lesson of which nobody is left. */
const bringBack = (
  { store, now }: Deps,
  caller: Caller,
  lessonId: string,
  decide: (lesson: Lesson, now: Date) => Outcome | FailureCode,
): Promise<Lesson> =>
  store.changeLesson(caller, lessonId, async (lesson, _people, everybody) =>
    orThrow(decide(withThoseWhoMay(lesson, await everybody(peopleIn(lesson)), now()), now())),
  )
