import type { ConsumedEvent } from '@repitbot/contracts/events'
import type { Deps } from '../deps.ts'
import { type ChannelEvent, toChannelStates } from '../rules/channel-state.ts'

export const keepContacts = ({ store }: Deps, batch: ConsumedEvent<'user.created' | 'user.updated'>[]) => store.keepContacts(batch)

/** The bot has seen that people's chats are open again. That they are closed, the flow notify-of-blocked-channels keeps. */
export async function reviveChannels({ store }: Deps, batch: ChannelEvent[]): Promise<void> {
  await store.keepChannels(toChannelStates(batch, false))
}

/** A report shows what the lesson earned, whichever of the two events is handled first. */
export async function keepXp({ store }: Deps, batch: ConsumedEvent<'xp.earned'>[]): Promise<void> {
  const ofLessons = batch.filter(({ body }) => body.source === 'lesson' && !body.silent)
  if (ofLessons.length) await store.addXp(ofLessons)
}
