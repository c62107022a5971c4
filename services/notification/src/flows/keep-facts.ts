import type { ConsumedEvent } from '@repitbot/contracts/events'
import { Channel } from '@repitbot/contracts/people'
import { schoolsOf } from '@repitbot/kit/database'
import type { Deps } from '../deps.ts'
import { tellBlocked } from './tell-blocked.ts'

export const keepContacts = ({ store }: Deps, batch: ConsumedEvent<'user.created' | 'user.updated'>[]) =>
  store.transaction(schoolsOf(batch), (unit) => unit.keepContacts(batch))

type ChannelEvent = ConsumedEvent<'channel.blocked' | 'channel.revived'>
/** A channel that only a newer process knows is none of ours. */
const channelsIn = (batch: ChannelEvent[]) =>
  batch
    .filter(({ body }) => Channel.options.includes(body.channel))
    .map(({ schoolId, correlationId, body }) => ({ schoolId, correlationId, ...body }))
/** The bot has seen that people's chats are closed, or open again; the latest counts. */
export const closeChannels = (deps: Deps, batch: ChannelEvent[]) =>
  deps.store.transaction(schoolsOf(batch), (unit) => tellBlocked(deps, unit, channelsIn(batch)))
export const reviveChannels = ({ store }: Deps, batch: ChannelEvent[]) =>
  store.transaction(schoolsOf(batch), (unit) => unit.keepChannels(channelsIn(batch).map((one) => ({ ...one, blocked: false }))))

/** A report tells what the lesson gave, whichever of the two is heard first. */
export async function keepXp({ store }: Deps, batch: ConsumedEvent<'xp.earned'>[]): Promise<void> {
  const ofLessons = batch.filter(({ body }) => body.source === 'lesson' && !body.silent)
  if (ofLessons.length) await store.transaction(schoolsOf(ofLessons), async (unit) => unit.addXp(ofLessons))
}
