import type { Caller } from '@repitbot/contracts/endpoint'
import type { Channel } from '@repitbot/contracts/person-card'
import { type Database, schoolsOf, type Transaction } from '@repitbot/kit/database'
import type { ChannelState } from '../rules/channel-state.ts'

export const channelsIn = (tx: Transaction) => ({
  /** Keeps the latest state of each person's channel. Returns those that were open before and are closed now. */
  keepChannels: (states: ChannelState[]) =>
    tx.query<{ userId: string; channel: Channel }>(
      `with given as (
         select distinct on ("userId", channel) * from jsonb_to_recordset($1) as g ("schoolId" uuid, "userId" uuid, channel text, blocked boolean, at timestamptz)
         order by "userId", channel, at desc
       ), before as (
         select user_id, channel, blocked from channel_state where (user_id, channel) in (select "userId", channel from given)
       ), kept as (
         insert into channel_state as c (school_id, user_id, channel, blocked, changed_at)
         select "schoolId", "userId", channel, blocked, at from given
         on conflict (user_id, channel) do update set blocked = excluded.blocked, changed_at = excluded.changed_at
         where c.changed_at < excluded.changed_at returning c.user_id, c.channel, c.blocked
       ) select kept.user_id as "userId", kept.channel from kept left join before using (user_id, channel)
         where kept.blocked and before.blocked is not true`,
      [JSON.stringify(states)],
      'keep-channels',
    ),

  /** Channels that a person has closed. */
  async listClosedChannels(userId: string): Promise<Channel[]> {
    const rows = await tx.query<{ channel: Channel }>('select channel from channel_state where user_id = $1 and blocked', [userId])
    return rows.map(({ channel }) => channel)
  },
})

export const channelStore = (database: Database) => ({
  listClosedChannels: (caller: Caller) => database.transaction(caller, (tx) => channelsIn(tx).listClosedChannels(caller.userId)),
  keepChannels: (states: ChannelState[]) => database.transaction(schoolsOf(states), (tx) => channelsIn(tx).keepChannels(states)),
})
