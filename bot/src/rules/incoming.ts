import type { TelegramUpdate } from '@repitbot/contracts/telegram'

/** A stored update: of which chat it is, and how often it failed. */
export type Incoming = { updateId: number; chatId: number; body: TelegramUpdate; failures: number; receivedAt: Date }
/** What is stored of a chat: the chosen membership, the language of a person who is not linked, the commands last shown. */
export type Dialogue = { userId: string | null; language: string | null; commands: string | null }
