import type { TelegramUpdate } from '@repitbot/contracts/telegram'

/** An update as it waits: whose chat it is of, and how often it failed. */
export type Incoming = { updateId: number; chatId: number; body: TelegramUpdate; failures: number; receivedAt: Date }
/** What is kept of a chat: which membership the person goes by, the language of somebody nobody knows yet, the commands last shown. */
export type Dialogue = { userId: string | null; language: string | null; commands: string | null }
