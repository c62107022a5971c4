import type { Caller } from '@repitbot/contracts/endpoint'
import type { Deps } from '../deps.ts'
import { tellEnded } from './open-session.ts'

/** Releases the caller's Telegram account; `no_other_sign_in` when nothing else would let him in. */
export async function unlinkTelegram(deps: Deps, caller: Caller): Promise<void> {
  tellEnded(deps, await deps.store.unlinkTelegram(caller, deps.now()))
}
