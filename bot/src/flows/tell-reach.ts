import { randomUUIDv7 } from 'node:crypto'
import type { Speaking } from '../inside.ts'
import type { Reading } from '../rules/read-update.ts'

/** Tells every school of the person that Telegram reaches them no longer, or again. */
export async function tellReach({ gateway, store, now }: Speaking, { writer, blocked }: Extract<Reading, { kind: 'reach' }>): Promise<void> {
  const me = await gateway.enter(writer.id)
  if (!me) return
  const at = now().toISOString()
  await store.transaction(async (tx) => {
    for (const { userId, schoolId } of me.memberships)
      tx.say({
        name: blocked ? 'channel.blocked' : 'channel.revived',
        schoolId,
        correlationId: randomUUIDv7(),
        body: { userId, channel: 'telegram', at },
      })
  })
}
