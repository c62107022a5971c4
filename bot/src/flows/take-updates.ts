import type { TelegramUpdate } from '@repitbot/contracts/telegram'
import type { Inside } from '../inside.ts'
import { chatOf } from '../rules/read-update.ts'

/** Keeps what Telegram brought; only then may Telegram be told that it arrived. */
export async function takeUpdates({ store, waking }: Inside, updates: TelegramUpdate[]): Promise<void> {
  if (!updates.length) return
  await store.insertUpdates(updates.map((body) => ({ chatId: chatOf(body), body })))
  waking.wake()
}
