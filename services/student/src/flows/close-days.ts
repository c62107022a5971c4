import { schoolsOf } from '@repitbot/kit/database'
import type { Deps } from '../deps.ts'
import { computeXp } from '../rules/compute-xp.ts'

const schoolsMax = 200
const studentsMax = 200

/**
 * Closes the day of every student whose day is over: spends freezes, and gives the achievements that time decides. Each close moves the
 * student's next one ahead, so a second run finds nobody, and a run that was cut off goes on where it stopped. Returns how many it closed.
 */
export async function closeDays({ store, xpContext }: Deps): Promise<number> {
  let closed = 0
  for (let schools = await store.listSchools(null, schoolsMax); schools.length > 0; ) {
    const context = xpContext()
    const due = await store.listToClose(schools, { now: new Date(context.now), limit: studentsMax })
    if (due.length > 0)
      await store.changeStudents(schoolsOf(due).schoolId, {
        now: context.now,
        lessonIds: [],
        membersOf: () => due,
        daysOf: () => [],
        decide: (state) => computeXp(state, [], context),
      })
    closed += due.length
    if (due.length < studentsMax) schools = await store.listSchools(schools.at(-1) ?? null, schoolsMax)
  }
  return closed
}
