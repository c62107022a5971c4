import { randomUUIDv7 } from 'node:crypto'
import type { ConnectedDeps } from '../deps.ts'
import type { Incoming } from '../rules/incoming.ts'
import type { ParsedUpdate } from '../rules/read-update.ts'

type ReachUpdate = Extract<ParsedUpdate, { kind: 'reach' }>

/** Publishes to every school of the person that Telegram reaches them no longer, or again. The update is closed in the same transaction, so it is published once. */
export async function reportReach({ gateway, store }: ConnectedDeps, incoming: Incoming, { writer, blocked }: ReachUpdate): Promise<void> {
  const me = await gateway.enter(writer.id)
  if (!me) return
  const at = incoming.receivedAt.toISOString()
  await store.transaction(async (tx) => {
    await store.closeUpdate(incoming.updateId)
    for (const { userId, schoolId } of me.memberships)
      tx.publish({
        name: blocked ? 'channel.blocked' : 'channel.revived',
        schoolId,
        correlationId: randomUUIDv7(),
        body: { userId, channel: 'telegram', at },
      })
  })
}
