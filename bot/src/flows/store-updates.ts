import type { TelegramUpdate } from '@repitbot/contracts/telegram'
import { toStorable } from '@repitbot/kit/storable'
import type { Deps } from '../deps.ts'
import { chatOf } from '../rules/read-update.ts'

/** Stores updates of Telegram; only then may they be confirmed. One that cannot be stored as it came would block all that come after it. */
export async function storeUpdates({ store, worker }: Deps, updates: TelegramUpdate[]): Promise<void> {
  if (!updates.length) return
  await store.insertUpdates(updates.map((body) => ({ chatId: chatOf(body), body: toStorable(body) })))
  worker.wake()
}
