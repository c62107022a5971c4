import { schoolsOf } from '@repitbot/kit/database'
import type { Deps } from '../deps.ts'
import { checkRisk } from '../rules/risk.ts'

const schoolsMax = 200
const studentsMax = 200

/** Finds, between 17:00 and 20:00 of each student's own day, the streaks that today would break, and publishes each once. */
export async function checkRisks({ store, xpContext }: Deps): Promise<void> {
  for (let schools = await store.listSchools(null, schoolsMax); schools.length > 0; ) {
    const context = xpContext()
    let after: string | null = null
    do {
      const evening = await store.listEvening(schools, { now: context.now, dayStartHour: context.dayStartHour, after, limit: studentsMax })
      if (evening.length > 0)
        await store.changeStudents(schoolsOf(evening).schoolId, {
          now: context.now,
          lessonIds: [],
          membersOf: () => evening,
          daysOf: () => [],
          decide: (state) => checkRisk(state, context),
        })
      after = evening.length < studentsMax ? null : (evening.at(-1)?.id ?? null)
    } while (after !== null)
    schools = await store.listSchools(schools.at(-1) ?? null, schoolsMax)
  }
}
