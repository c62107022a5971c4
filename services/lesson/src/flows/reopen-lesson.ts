import type { Caller } from '@repitbot/contracts/endpoint'
import { agreed } from '@repitbot/kit/failure'
import type { Inside } from '../inside.ts'
import { reopen } from '../rules/reopen.ts'

export const reopenLesson = ({ store }: Inside, caller: Caller, { lessonId }: { lessonId: string }) =>
  store.changeLesson(caller, lessonId, (lesson) => agreed(reopen(lesson)))
