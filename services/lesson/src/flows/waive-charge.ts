import type { Caller } from '@repitbot/contracts/endpoint'
import { agreed } from '@repitbot/kit/failure'
import type { Inside } from '../inside.ts'
import { waive } from '../rules/cancel.ts'

export const waiveCharge = ({ store, now }: Inside, caller: Caller, { lessonId }: { lessonId: string }) =>
  store.changeLesson(caller, lessonId, (lesson) => agreed(waive(lesson, now())))
