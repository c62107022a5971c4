import { schoolsOf } from '@repitbot/kit/database'
import type { Deps } from '../deps.ts'
import { lookAtRisk } from '../rules/risk.ts'

const schoolsMax = 200
const studentsMax = 200

/** Looks, between 17:00 and 20:00 of each student's own day, whose streak today would break, and says so once. */
export async function lookAtRisks({ store, terrain }: Deps): Promise<void> {
  for (let schools = await store.listSchools(null, schoolsMax); schools.length > 0; ) {
    const at = terrain()
    let after: string | null = null
    do {
      const evening = await store.listEvening(schools, { now: at.now, dayStartHour: at.dayStartHour, after, limit: studentsMax })
      if (evening.length > 0)
        await store.changeStudents(schoolsOf(evening).schoolId, {
          now: at.now,
          lessonIds: [],
          whom: () => evening,
          daysOf: () => [],
          decide: (known) => lookAtRisk(known, at),
        })
      after = evening.length < studentsMax ? null : (evening.at(-1)?.id ?? null)
    } while (after !== null)
    schools = await store.listSchools(schools.at(-1) ?? null, schoolsMax)
  }
}
