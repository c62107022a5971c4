import type { Caller } from '@repitbot/contracts/endpoint'
import { orThrow } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { unlinkTelegram as decide } from '../rules/telegram.ts'
import { signalEnded } from './open-session.ts'

/** Takes the Telegram account off the caller's person; `no_other_sign_in` when they could not sign in without it. */
export async function unlinkTelegram(deps: Deps, caller: Caller): Promise<void> {
  signalEnded(deps, await deps.store.changeTelegram(caller, (person) => orThrow(decide(person)), { at: deps.now() }))
}
