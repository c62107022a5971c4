import { localDay } from '@repitbot/contracts/calendar'
import type { Deps, Unit } from '../deps.ts'
import { direct } from '../rules/draft.ts'
import { sendNotices } from './tell-people.ts'

type Closed = { schoolId: string; userId: string; channel: 'telegram' | 'email'; at: string; correlationId?: string }

/** Marks channels that people have closed, and tells their tutors once, for a family that hears nothing is better called. */
export async function tellBlocked(deps: Deps, unit: Unit, closed: Closed[]): Promise<void> {
  const fresh = await unit.keepChannels(closed.map((one) => ({ ...one, blocked: true })))
  for (const { userId, channel } of fresh) {
    const one = closed.find((given) => given.userId === userId)
    const card = await unit.findCard(userId)
    if (!one || !card || (card.role !== 'student' && card.role !== 'parent')) continue
    const source = { schoolId: one.schoolId, correlationId: one.correlationId ?? deps.correlationId() }
    const params = { person: card.name, channel }
    const day = localDay(new Date(one.at), 'UTC')
    const drafts = (await unit.tutorsOf(userId)).map((recipientId) =>
      direct(
        'channel_blocked',
        source,
        {
          ...{ recipientId, audience: 'tutor', params, entity: userId },
          ...{ version: `${channel}:${day}:${recipientId}`, link: { kind: 'person', id: userId } },
        },
        deps.now(),
      ),
    )
    await sendNotices(deps, unit, drafts)
  }
}
