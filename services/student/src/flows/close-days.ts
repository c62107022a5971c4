import { schoolsOf } from '@repitbot/kit/database'
import type { Deps } from '../deps.ts'
import { settle } from '../rules/settle.ts'

const schoolsMax = 200
const studentsMax = 200

/**
 * Closes the day of everybody for whom it is over: spends freezes and looks at what time decides. Each closing moves the student's next one
 * ahead, so a second run finds nobody, and one that is cut off goes on where it stopped.
 */
export async function closeDays({ store, terrain }: Deps): Promise<number> {
  let closed = 0
  for (let schools = await store.listSchools(null, schoolsMax); schools.length > 0; ) {
    const at = terrain()
    const due = await store.listToClose(schools, { now: new Date(at.now), limit: studentsMax })
    if (due.length > 0)
      await store.changeStudents(schoolsOf(due).schoolId, {
        now: at.now,
        lessonIds: [],
        whom: () => due,
        daysOf: () => [],
        decide: (known) => settle(known, [], at),
      })
    closed += due.length
    if (due.length < studentsMax) schools = await store.listSchools(schools.at(-1) ?? null, schoolsMax)
  }
  return closed
}
