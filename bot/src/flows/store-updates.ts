import type { TelegramUpdate } from '@repitbot/contracts/telegram'
import type { Deps } from '../deps.ts'
import { chatOf } from '../rules/read-update.ts'

/** Stores updates of Telegram; only then may they be confirmed. */
export async function storeUpdates({ store, worker }: Deps, updates: TelegramUpdate[]): Promise<void> {
  if (!updates.length) return
  await store.insertUpdates(updates.map((body) => ({ chatId: chatOf(body), body: withoutNul(body) })))
  worker.wake()
}

/** Postgres cannot store NUL in text or jsonb; one such update would block all that come after it. */
const withoutNul = (body: TelegramUpdate) =>
  JSON.parse(
    JSON.stringify(body, (_, value: unknown) => (typeof value === 'string' ? value.replaceAll('\0', '') : value)),
  ) as TelegramUpdate
