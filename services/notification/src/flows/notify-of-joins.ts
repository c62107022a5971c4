import type { ConsumedEvent } from '@repitbot/contracts/events'
import { schoolsOf } from '@repitbot/kit/database'
import type { Deps } from '../deps.ts'
import { direct } from '../rules/draft.ts'
import { notifyOfEvents } from './consume-events.ts'

/** Notifies whoever invited that the person has joined, and of a parent those who look after the child. */
export const notifyOfJoins = (deps: Deps, batch: ConsumedEvent<'invitation.accepted'>[]): Promise<void> =>
  deps.store.transaction(schoolsOf(batch), async (unit) => {
    await notifyOfEvents(deps, unit, 'invitation.accepted', batch)
    const drafts = batch.map(({ schoolId, correlationId, body }) => {
      const params = { person: body.name, role: body.role }
      const of = { recipientId: body.invitedBy, audience: 'tutor', entity: body.userId, version: body.invitationId, params } as const
      return direct('joined', { schoolId, correlationId }, { ...of, link: { kind: 'person', id: body.userId } }, deps.now())
    })
    await unit.saveNotices(drafts, deps.now())
  })
