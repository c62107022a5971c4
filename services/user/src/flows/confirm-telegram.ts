import type { TelegramAnswer, TelegramConfirmation } from '@repitbot/contracts/auth'
import { orThrow } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { countersOf } from '../rules/attempts.ts'
import { hashOf } from '../rules/secrets.ts'
import { answered } from '../rules/telegram.ts'
import { tellEnded } from './open-session.ts'
import { tryWithLimits } from './try-with-limits.ts'

/** Shows in the chat what a page has asked, or answers it: yes lets the page in, or binds the chat to the account that asks. */
export async function confirmTelegram(deps: Deps, { token, ...asked }: TelegramConfirmation): Promise<TelegramAnswer> {
  return tryWithLimits(deps, countersOf('accept', undefined, `telegram ${asked.telegramId}`), async () => {
    const outcome = await deps.store.answerTelegram(
      { ...asked, tokenHash: hashOf(deps.secrets, 'token', token) },
      (request, holderId, memberships) =>
        orThrow(answered(request, { ...asked, holderId, active: memberships.filter(({ active }) => active) })),
      deps.now(),
    )
    tellEnded(deps, outcome.ended)
    const { agent, address } = outcome.request
    return { state: outcome.answered.state, agent, address, name: outcome.answered.name }
  })
}
