import type { ConsumedEvent } from '@repitbot/contracts/events'
import { schoolsOf } from '@repitbot/kit/database'
import type { Deps } from '../deps.ts'
import { audienceOf, direct } from '../rules/draft.ts'
import { toBrowser } from '../rules/kinds.ts'

/** Notifies people of what was done in their name, at any hour and by every channel, so that they can undo it. */
export const notifyOfSecurity = (
  deps: Deps,
  batch: (ConsumedEvent<'session.opened'> | ConsumedEvent<'telegram.linked'>)[],
  code: 'signed_in' | 'telegram_linked',
): Promise<void> =>
  deps.store.transaction(schoolsOf(batch), async (unit) => {
    for (const { schoolId, correlationId, body } of batch) {
      const card = await unit.findCard(body.userId)
      const params = 'agent' in body ? { agent: toBrowser(body.agent), address: body.address } : {}
      const version = 'requestId' in body ? body.requestId : body.sessionId
      const of = { recipientId: body.userId, audience: audienceOf(card?.role), params, entity: body.userId, version }
      const notice = { ...of, link: { kind: 'person', id: body.userId } } as const
      await unit.saveNotices([direct(code, { schoolId, correlationId }, notice, deps.now())], deps.now())
    }
  })
