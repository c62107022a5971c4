import { schoolsOf } from '@repitbot/kit/database'
import type { Deps } from '../deps.ts'
import { audienceOf, direct, type Source } from '../rules/draft.ts'
import type { SecurityNotice } from '../rules/notices/security.ts'

/** Notifies people of what was done to their account, at any hour and by every channel, so that they can undo it. */
export const notifyOfSecurity = <Body extends { userId: string }>(
  deps: Deps,
  batch: (Source & { body: Body })[],
  noticeOf: (body: Body) => SecurityNotice,
): Promise<void> =>
  deps.store.transaction(schoolsOf(batch), async (unit) => {
    for (const { schoolId, correlationId, body } of batch) {
      const { code, ...of } = noticeOf(body)
      const card = await unit.findCard(body.userId)
      const to = { recipientId: body.userId, audience: audienceOf(card?.role), entity: body.userId }
      const notice = { ...of, ...to, link: { kind: 'person', id: body.userId } } as const
      await unit.saveNotices([direct(code, { schoolId, correlationId }, notice, deps.now())], deps.now())
    }
  })
