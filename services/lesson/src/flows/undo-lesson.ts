import type { Caller } from '@repitbot/contracts/endpoint'
import { checkVersion, Failure } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { putBack } from '../rules/put-back.ts'

/** Takes back the last change of a lesson, whichever it was. */
export const undoLesson = ({ store, now }: Deps, caller: Caller, { lessonId, version }: { lessonId: string; version: number }) =>
  store.undoLesson(caller, lessonId, (lesson, former, people) => {
    checkVersion(lesson, version)
    if (!former) throw new Failure('too_late_to_undo')
    return putBack(lesson, former, { by: caller.userId, people, now: now() })
  })
