import { randomUUIDv7 } from 'node:crypto'
import type { Speaking } from '../deps.ts'
import type { Incoming } from '../rules/incoming.ts'
import type { Reading } from '../rules/read-update.ts'

type Reached = Extract<Reading, { kind: 'reach' }>

/** Tells every school of the person that Telegram reaches them no longer, or again; said and closed in one transaction, so said once. */
export async function tellReach({ gateway, store }: Speaking, incoming: Incoming, { writer, blocked }: Reached): Promise<void> {
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
