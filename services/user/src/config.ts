import { z } from 'zod'

const keyNeeded = 'Expected 32 to 1000 characters, made once and kept, such as the output of: openssl rand -base64 48'

/** The user service's own environment. */
export const Config = z.object({
  /** All secrets of signing in are derived from it; a new one signs everybody out. */
  JWT_SECRET_KEY: z.string({ error: keyNeeded }).min(32, { error: keyNeeded }).max(1000, { error: keyNeeded }),
  PUBLIC_URL: z
    .url()
    .max(500)
    .default('http://localhost:8000')
    .describe('Where people open the platform; links in letters and invitations begin with it'),
  TELEGRAM_URL: z
    .url({ error: 'Expected the address of your own bot, such as https://t.me/your_bot, or nothing to run without Telegram' })
    .max(500)
    .optional()
    .describe('Where people open the bot; deep links are made from it by ?start=. Without it no page offers Telegram'),
  EMAIL_CONFIRMATION: z
    .enum(['on', 'off'], { error: 'Expected on or off' })
    .default('off')
    .describe(
      'Whether the notification service has a mail server (SMTP_URL): an e-mail then gets nothing before its owner has confirmed it',
    ),
  /** Seals letters for the service that sends them, where LETTER_SECRET is not set. */
  SERVICE_SECRET: z.string().min(16, { error: 'Expected at least 16 characters, the same for all services' }),
  /** Seals letters so that no service but these two can open them. */
  LETTER_SECRET: z
    .string()
    .min(16, { error: 'Expected at least 16 characters, the same for the user and the notification service' })
    .optional(),
})
export type Config = z.output<typeof Config>
