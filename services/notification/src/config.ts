import { z } from 'zod'

/** The notification service's own environment. A channel without its settings does not exist. */
export const Config = z.object({
  PUBLIC_URL: z.url().max(500).default('http://localhost:8000').describe('Where people open the platform; messages link there'),
  BOT_TOKEN: z.string().min(1).max(200).optional().describe('The bot that sends to Telegram'),
  TELEGRAM_API_URL: z.url().max(500).default('https://api.telegram.org').describe('Where the Bot API answers'),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, { error: 'Expected an address such as smtps://user:password@mail.example.com' })
    .max(500)
    .optional()
    .describe('The server that takes e-mail'),
  MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]*@[^\r\n]+$/, { error: 'Expected a sender such as RepitBot <hello@school.example>' })
    .max(200)
    .default('RepitBot <repitbot@localhost>')
    .describe('The sender of e-mail'),
  /** Letters with one-time links are sealed with it. */
  SERVICE_SECRET: z.string().min(16, { error: 'Expected at least 16 characters, the same for all services' }),
})
export type Config = z.output<typeof Config>
