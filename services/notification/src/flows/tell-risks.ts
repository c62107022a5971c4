import type { ConsumedEvent } from '@repitbot/contracts/events'
import { schoolsOf } from '@repitbot/kit/database'
import type { Deps } from '../deps.ts'
import { hearsOfRisk } from '../rules/risk.ts'
import { tellEvents } from './consume-events.ts'

/** Tells those whose streak today would break, who are old enough and want to know. */
export const tellRisks = (deps: Deps, batch: ConsumedEvent<'streak.endangered'>[]): Promise<void> =>
  deps.store.transaction(schoolsOf(batch), async (unit) => {
    const known = await unit.listPupils(
      batch.map(({ body }) => body.studentId),
      deps.now(),
    )
    const pupils = new Map(known.map((pupil) => [pupil.userId, pupil]))
    const told = batch.filter(({ body: { studentId, day } }) => {
      const pupil = pupils.get(studentId)
      return pupil && hearsOfRisk(pupil, day)
    })
    await tellEvents(deps, unit, 'streak.endangered', told)
  })
