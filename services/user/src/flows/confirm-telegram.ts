import type { TelegramAnswer, TelegramConfirmation } from '@repitbot/contracts/auth'
import { agreed } from '@repitbot/kit/failure'
import type { Inside } from '../inside.ts'
import { countersOf } from '../rules/attempts.ts'
import { hashOf } from '../rules/secrets.ts'
import { answered } from '../rules/telegram.ts'
import { tellEnded } from './open-session.ts'
import { tryWithLimits } from './try-with-limits.ts'

/** Shows in the chat what a page has asked, or answers it: yes lets the page in, or binds the chat to the account that asks. */
export async function confirmTelegram(inside: Inside, { token, ...asked }: TelegramConfirmation): Promise<TelegramAnswer> {
  return tryWithLimits(inside, countersOf('accept', undefined, `telegram ${asked.telegramId}`), async () => {
    const outcome = await inside.store.answerTelegram(
      { ...asked, tokenHash: hashOf(inside.secrets, 'token', token) },
      (request, holderId, memberships) =>
        agreed(answered(request, { ...asked, holderId, active: memberships.filter(({ active }) => active) })),
      inside.now(),
    )
    tellEnded(inside, outcome.ended)
    const { agent, address } = outcome.request
    return { state: outcome.answered.state, agent, address, name: outcome.answered.name }
  })
}
