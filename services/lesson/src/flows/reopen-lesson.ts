import type { Caller } from '@repitbot/contracts/endpoint'
import { orThrow } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { reopen } from '../rules/reopen.ts'

export const reopenLesson = ({ store }: Deps, caller: Caller, { lessonId }: { lessonId: string }) =>
  store.changeLesson(caller, lessonId, (lesson) => orThrow(reopen(lesson)))
