import type { Caller } from '@repitbot/contracts/endpoint'
import { orThrow } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { waive } from '../rules/cancel.ts'

export const waiveCharge = ({ store, now }: Deps, caller: Caller, { lessonId }: { lessonId: string }) =>
  store.changeLesson(caller, lessonId, (lesson) => orThrow(waive(lesson, now())))
