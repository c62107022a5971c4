import type { Routes } from '@repitbot/contracts/endpoint'
import type { telegramApi } from '@repitbot/contracts/telegram'
import { isSecret } from '@repitbot/kit/auth'
import { Failure } from '@repitbot/kit/failure'
import type { Deps } from './deps.ts'
import { storeUpdates } from './flows/store-updates.ts'

export const routes = (deps: Deps): Routes<typeof telegramApi> => ({
  webhook: async ({ headers, body }) => {
    if (!isSecret(headers['x-telegram-bot-api-secret-token'], deps.webhookSecret)) throw new Failure('not_signed_in')
    await storeUpdates(deps, [body])
  },
})
