import type { Deps } from '../deps.ts'
import { aheadMsMax, remindersToRequest } from '../rules/reminders.ts'
import { requestEves } from './consume-lessons.ts'

const lessonsMax = 500

/** Requests the reminders of lessons that were planned long ahead and now come near. */
export async function sweepReminders({ store, now }: Deps): Promise<void> {
  const at = now()
  const until = new Date(at.getTime() + aheadMsMax)
  for (const schoolId of await store.listSchoolsToRemind(at, until))
    for (let found = lessonsMax; found === lessonsMax; )
      found = await store.transaction({ schoolId }, async (unit) => {
        const lessons = await unit.takeLessonsToRemind(at, until, lessonsMax)
        await unit.requestReminders(lessons.flatMap((lesson) => remindersToRequest(lesson, at, true)))
        await requestEves(unit, lessons, at)
        return lessons.length
      })
}
