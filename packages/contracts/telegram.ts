import { z } from 'zod'
import { api } from './endpoint.ts'

/** An update of the Telegram Bot API; the bot reads only the fields that it knows. */
export const TelegramUpdate = z.looseObject({ update_id: z.int().min(0) })
export type TelegramUpdate = z.output<typeof TelegramUpdate>

export const telegramApi = api({
  prefix: '/telegram',
  endpoints: {
    webhook: {
      method: 'post',
      path: '/webhook',
      summary: 'Webhook of Telegram: answered once the update is stored',
      who: 'anyone',
      rate: 'webhook',
      headers: z.object({ 'x-telegram-bot-api-secret-token': z.string().max(256).optional() }),
      body: TelegramUpdate,
    },
  },
})
