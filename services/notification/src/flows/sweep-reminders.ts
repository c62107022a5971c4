import type { Deps } from '../deps.ts'
import { aheadMsMax, askedFor } from '../rules/reminders.ts'
import { askEves } from './consume-lessons.ts'

const lessonsMax = 500

/** Asks for the reminders of lessons that have come near since they were heard of. */
export async function sweepReminders({ store, now }: Deps): Promise<void> {
  const at = now()
  const until = new Date(at.getTime() + aheadMsMax)
  const schools = await store.transaction({ schoolId: [] }, (unit) => unit.schoolsToRemind(at, until))
  for (const schoolId of schools)
    for (let taken = lessonsMax; taken === lessonsMax; )
      taken = await store.transaction({ schoolId }, async (unit) => {
        const lessons = await unit.takeToRemind(at, until, lessonsMax)
        await unit.askReminders(lessons.flatMap((lesson) => askedFor(lesson, at, true)))
        await askEves(unit, lessons, at)
        return lessons.length
      })
}
