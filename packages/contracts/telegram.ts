import { z } from 'zod'
import { api } from './endpoint.ts'

/** What Telegram brings; the bot reads what it knows of it and no more. */
export const TelegramUpdate = z.looseObject({ update_id: z.int().min(0) })
export type TelegramUpdate = z.output<typeof TelegramUpdate>

export const telegramApi = api({
  prefix: '/telegram',
  endpoints: {
    webhook: {
      method: 'post',
      path: '/webhook',
      summary: 'Telegram brings an update; answered once it is stored',
      who: 'anyone',
      rate: 'webhook',
      headers: z.object({ 'x-telegram-bot-api-secret-token': z.string().max(256).optional() }),
      body: TelegramUpdate,
    },
  },
})
