import { z } from 'zod'

const secretNeeded = 'Expected at least 16 characters, the same as the user service has, such as the output of: openssl rand -hex 16'

/** The bot's own environment. Without BOT_TOKEN the process runs and does nothing. */
export const Config = z.object({
  BOT_TOKEN: z.string().optional(),
  TELEGRAM_API_URL: z.url().default('https://api.telegram.org').describe('Where the Bot API answers; the emulator in its place'),
  /** The public address of the gateway for Telegram; without it the bot polls for updates (one replica only). */
  WEBHOOK_URL: z.url({ protocol: /^https?$/ }).optional(),
  GATEWAY_URL: z.url().default('http://127.0.0.1:8000'),
  BOT_SECRET: z.string().min(16, { error: secretNeeded }).optional(),
  PUBLIC_URL: z.url().default('http://localhost:8000').describe('Where people open the page'),
})
export type Config = z.output<typeof Config>
