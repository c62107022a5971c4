import { z } from 'zod'
import { Secret } from './credentials.ts'

/** The id of a person in Telegram, which is also the id of their private chat. */
export const TelegramId = z.string().regex(/^[1-9]\d{0,19}$/, { error: 'Expected the digits of a Telegram id, at most 20' })
/** What the chat is asked to confirm: a sign-in on a page, or a link between the chat and the account that made the link. */
export const TelegramQuestion = z.enum(['login', 'link'])
export const TelegramConfirmation = z.strictObject({
  telegramId: TelegramId,
  kind: TelegramQuestion,
  token: Secret,
  answer: z.enum(['yes', 'no']).optional().describe('Without it the call only returns what is asked'),
})
export type TelegramConfirmation = z.output<typeof TelegramConfirmation>
/** `agent` and `address` are those of the browser that asks; `name` is the owner of the account. */
export const TelegramAnswer = z.object({
  state: z.enum(['asked', 'confirmed', 'declined']),
  agent: z.string(),
  address: z.string(),
  name: z.string().optional(),
})
export type TelegramAnswer = z.output<typeof TelegramAnswer>
export const TelegramLink = z.object({ link: z.string(), expiresAt: z.iso.datetime() })
