import type { ConsumedEvent } from '@repitbot/contracts/events'
import { schoolsOf } from '@repitbot/kit/database'
import type { Deps } from '../deps.ts'
import { direct } from '../rules/draft.ts'
import { notifyOfEvents } from './consume-events.ts'

/** Notifies the tutor and the parents of a student who was cleared from the lessons ahead; of a tutor the admins. */
export const notifyOfCleared = (deps: Deps, batch: ConsumedEvent<'lessons.cleared'>[]): Promise<void> =>
  deps.store.transaction(schoolsOf(batch), async (unit) => {
    await notifyOfEvents(deps, unit, 'lessons.cleared', batch)
    const ofTutors = batch.filter(({ body }) => body.personId === body.tutorId)
    if (!ofTutors.length) return
    const admins = await unit.listAdmins()
    const drafts = ofTutors.flatMap(({ schoolId, correlationId, body: { personId, name, cancelled, version } }) =>
      (admins.get(schoolId) ?? []).map((recipientId) => {
        const of = { recipientId, audience: 'admin', entity: personId, version: `${version}:${recipientId}` } as const
        const params = { person: name, count: cancelled }
        return direct('tutor_cleared', { schoolId, correlationId }, { ...of, params, link: { kind: 'person', id: personId } }, deps.now())
      }),
    )
    await unit.saveNotices(drafts, deps.now())
  })
