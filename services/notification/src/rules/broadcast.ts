import type { Broadcast, NewBroadcast as BroadcastMessage } from '@repitbot/contracts/broadcast'
import type { PersonCard } from '@repitbot/contracts/person-card'
import { audienceOf, type Draft, direct, type Source } from './draft.ts'

/** The recipients of a broadcast as they are now, and the name it is from. */
export type Audience = { people: PersonCard[]; senderName: string }
export type NewBroadcast = { broadcast: Broadcast; drafts: Draft[]; now: Date }
type Sending = { id: string; byId: string; message: BroadcastMessage; source: Source; now: Date }

/** A broadcast with one notice for each recipient. */
export function planBroadcast({ people, senderName }: Audience, { id, byId, message, source, now }: Sending): NewBroadcast {
  const drafts = people.map((one) =>
    direct(
      'broadcast',
      source,
      {
        recipientId: one.userId,
        audience: audienceOf(one.role),
        params: { from: senderName, text: message.text },
        entity: id,
        version: one.userId,
        link: { kind: 'broadcast', id },
      },
      now,
    ),
  )
  return { broadcast: { id, byId, ...message, recipients: people.length, createdAt: now.toISOString() }, drafts, now }
}
