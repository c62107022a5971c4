import type { Caller } from '@repitbot/contracts/endpoint'
import type { Inside } from '../inside.ts'
import { tellEnded } from './open-session.ts'

/** Releases the caller's Telegram account; `no_other_sign_in` when nothing else would let him in. */
export async function unlinkTelegram(inside: Inside, caller: Caller): Promise<void> {
  tellEnded(inside, await inside.store.unlinkTelegram(caller, inside.now()))
}
