import type { ConsumedEvent } from '@repitbot/contracts/events'
import { schoolsOf } from '@repitbot/kit/database'
import type { Deps } from '../deps.ts'
import { isNotifiedOfRisk } from '../rules/risk.ts'
import { notifyOfEvents } from './consume-events.ts'

/** Notifies students whose streak would break today, when they are old enough and have not opted out. */
export const notifyOfStreakRisk = (deps: Deps, batch: ConsumedEvent<'streak.endangered'>[]): Promise<void> =>
  deps.store.transaction(schoolsOf(batch), async (unit) => {
    const found = await unit.listStudentsAtRisk(
      batch.map(({ body }) => body.studentId),
      deps.now(),
    )
    const students = new Map(found.map((student) => [student.userId, student]))
    const toNotify = batch.filter(({ body: { studentId, day } }) => {
      const student = students.get(studentId)
      return student && isNotifiedOfRisk(student, day)
    })
    await notifyOfEvents(deps, unit, 'streak.endangered', toNotify)
  })
