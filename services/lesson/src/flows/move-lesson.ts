import type { Caller } from '@repitbot/contracts/endpoint'
import { orThrow } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { move } from '../rules/move.ts'
import { checkStart } from './check-plan.ts'

type Moving = { lessonId: string; startsAt: string; minutes?: number }

export async function moveLesson({ store, now }: Deps, caller: Caller, { lessonId, ...to }: Moving) {
  checkStart(to.startsAt, now())
  return store.changeLesson(caller, lessonId, (lesson) => orThrow(move(lesson, { ...to, by: caller.userId })))
}
