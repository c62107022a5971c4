import type { Caller } from '@repitbot/contracts/endpoint'
import type { LessonChange } from '@repitbot/contracts/lesson-plan'
import { orThrow } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { changeLesson } from '../rules/change-lesson.ts'
import type { Lesson } from '../rules/lesson.ts'
import { checkNewcomers, checkSeatCount, newcomersIn } from './check-plan.ts'

type Changing = LessonChange & { lessonId: string }

/** Changes a lesson that waits for its report: what it is about, its length, its students and their prices. */
export const changePlannedLesson = (
  { store }: Deps,
  caller: Caller,
  { lessonId, version, students, ...change }: Changing,
): Promise<Lesson> =>
  store.changeLesson(caller, lessonId, async (lesson, people) => {
    const seats = students && checkNewcomers(lesson.students, students, await people(newcomersIn(lesson.students, students)))
    checkSeatCount({ type: change.type ?? lesson.type, students: seats ?? lesson.students })
    return orThrow(changeLesson(lesson, { fields: { ...change, students: seats }, version, by: caller.userId }))
  })
