import type { TelegramAnswer, TelegramConfirmation } from '@repitbot/contracts/telegram-confirmation'
import { orThrow } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { hashOf } from '../rules/secrets.ts'
import { answerRequest } from '../rules/telegram.ts'
import { signalEnded } from './open-session.ts'
import { attemptInChat, tryWithLimits } from './try-with-limits.ts'

/** Shows in the chat what a page has asked, or answers it: yes lets the page in, or links the chat to the account that asks. */
export async function confirmTelegram(
  deps: Deps,
  { token, kind, telegramId, answer, number }: TelegramConfirmation,
): Promise<TelegramAnswer> {
  return tryWithLimits(deps, [attemptInChat(telegramId)], async () => {
    const of = { tokenHash: hashOf(deps.secrets, 'token', token), kind, telegramId }
    const { outcome, ended } = await deps.store.changeTelegramRequest(
      of,
      (request, state) => orThrow(answerRequest(request, { telegramId, answer, number, ...state })),
      deps.now(),
    )
    signalEnded(deps, ended)
    const { state, agent, address, choices } = outcome.request
    const numbers = choices.toSorted((a, b) => a - b)
    return { state, agent, address, name: outcome.name, ...(kind === 'login' && { numbers }) }
  })
}
