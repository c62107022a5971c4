import type { Routes } from '@repitbot/contracts/endpoint'
import type { telegramApi } from '@repitbot/contracts/telegram'
import { isSecret } from '@repitbot/kit/auth'
import { Failure } from '@repitbot/kit/failure'
import { takeUpdates } from './flows/take-updates.ts'
import type { Inside } from './inside.ts'

export const routes = (inside: Inside): Routes<typeof telegramApi> => ({
  webhook: async ({ headers, body }) => {
    if (!isSecret(headers['x-telegram-bot-api-secret-token'], inside.webhookSecret)) throw new Failure('not_signed_in')
    await takeUpdates(inside, [body])
  },
})
