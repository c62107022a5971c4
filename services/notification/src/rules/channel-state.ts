import type { ConsumedEvent } from '@repitbot/contracts/events'
import { Channel } from '@repitbot/contracts/person-card'

/** Whether a person has closed a channel to us, and since when. */
export type ChannelState = { schoolId: string; userId: string; channel: Channel; blocked: boolean; at: string; correlationId: string }
export type ChannelEvent = ConsumedEvent<'channel.blocked' | 'channel.revived'>

/** Events about a channel that only a newer process has are left out. */
export const toChannelStates = (batch: ChannelEvent[], blocked: boolean): ChannelState[] =>
  batch
    .filter(({ body }) => Channel.options.includes(body.channel))
    .map(({ schoolId, correlationId, body: { userId, channel, at } }) => ({ schoolId, correlationId, userId, channel, at, blocked }))
