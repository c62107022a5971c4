import { z } from 'zod'
import { Secret } from './credentials.ts'

/** The id of a person in Telegram, which is also the id of their private chat. */
export const TelegramId = z.string().regex(/^[1-9]\d{0,19}$/, { error: 'Expected the digits of a Telegram id, at most 20' })
/** What the chat is asked to confirm: a sign-in on a page, or a link between the chat and the account that made the link. */
export const TelegramQuestion = z.enum(['login', 'link'])
/** The number that a page shows while it waits for the chat. */
export const LoginNumber = z.int().min(10).max(99)
export const TelegramConfirmation = z.strictObject({
  telegramId: TelegramId,
  kind: TelegramQuestion,
  token: Secret,
  answer: z.enum(['yes', 'no']).optional().describe('Without it the call only returns what is asked'),
  number: LoginNumber.optional().describe('With a yes to a sign-in: the number that the person reads on the page; a wrong one declines'),
})
export type TelegramConfirmation = z.output<typeof TelegramConfirmation>
/** `agent` and `address` are those of the browser that asks; `name` is the owner of the account; `numbers` are those to choose from for a sign-in. */
export const TelegramAnswer = z.object({
  state: z.enum(['asked', 'confirmed', 'declined']),
  agent: z.string(),
  address: z.string(),
  name: z.string().optional(),
  numbers: z.array(LoginNumber).optional(),
})
export type TelegramAnswer = z.output<typeof TelegramAnswer>
export const TelegramLink = z.object({ link: z.string(), expiresAt: z.iso.datetime() })
