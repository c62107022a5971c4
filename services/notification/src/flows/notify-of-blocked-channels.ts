import { localDay } from '@repitbot/contracts/calendar'
import { schoolsOf } from '@repitbot/kit/database'
import type { Deps, Unit } from '../deps.ts'
import { type ChannelEvent, type ChannelState, toChannelStates } from '../rules/channel-state.ts'
import { type Draft, direct } from '../rules/draft.ts'

/** The bot has seen that people's chats are closed. */
export const closeChannels = (deps: Deps, batch: ChannelEvent[]): Promise<void> =>
  deps.store.transaction(schoolsOf(batch), (unit) => notifyOfBlockedChannels(deps, unit, toChannelStates(batch, true)))

/** Marks channels that people have closed, and notifies their tutors once: a family that no message reaches is better called. */
export async function notifyOfBlockedChannels(deps: Deps, unit: Unit, blocked: ChannelState[]): Promise<void> {
  const newlyBlocked = await unit.keepChannels(blocked)
  for (const { userId, channel } of newlyBlocked) {
    const state = blocked.find((one) => one.userId === userId)
    const card = await unit.findCard(userId)
    if (!state || !card || (card.role !== 'student' && card.role !== 'parent')) continue
    const tutors = await unit.listTutorsOf(userId)
    const drafts = tutors.map((tutorId) => draftFor(tutorId, { ...state, channel }, { person: card.name, now: deps.now() }))
    await unit.saveNotices(drafts, deps.now())
  }
}

function draftFor(tutorId: string, state: ChannelState, { person, now }: { person: string; now: Date }): Draft {
  const { schoolId, correlationId, userId, channel, at } = state
  const day = localDay(new Date(at), 'UTC')
  return direct(
    'channel_blocked',
    { schoolId, correlationId },
    {
      recipientId: tutorId,
      audience: 'tutor',
      params: { person, channel },
      entity: userId,
      version: `${channel}:${day}:${tutorId}`,
      link: { kind: 'person', id: userId },
    },
    now,
  )
}
