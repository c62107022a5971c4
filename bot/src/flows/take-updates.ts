import type { TelegramUpdate } from '@repitbot/contracts/telegram'
import type { Deps } from '../deps.ts'
import { chatOf } from '../rules/read-update.ts'

/** Keeps what Telegram brought; only then may Telegram be told that it arrived. */
export async function takeUpdates({ store, waking }: Deps, updates: TelegramUpdate[]): Promise<void> {
  if (!updates.length) return
  await store.insertUpdates(updates.map((body) => ({ chatId: chatOf(body), body: withoutNul(body) })))
  waking.wake()
}

/** No column can keep the character; one of them would stop all updates behind it. */
const withoutNul = (body: TelegramUpdate) =>
  JSON.parse(
    JSON.stringify(body, (_, value: unknown) => (typeof value === 'string' ? value.replaceAll('\0', '') : value)),
  ) as TelegramUpdate
