import type { Caller } from '@repitbot/contracts/endpoint'
import { Failure, orThrow } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import type { Person } from '../rules/person.ts'
import { unlinkTelegram } from '../rules/telegram.ts'
import { signalEnded } from './open-session.ts'

/** Ends one session of the caller, or all of them; one of somebody else is `not_found`. */
export async function endSessions(deps: Deps, caller: Caller, sessionId?: string): Promise<void> {
  const ended = await deps.store.endSessions(caller, deps.now(), sessionId)
  if (sessionId !== undefined && sessionId !== caller.sessionId && !ended.length) throw new Failure('not_found')
  signalEnded(deps, ended)
}

/** Ends every session of the caller and takes the Telegram account off, from whose chat others would be opened. */
export async function endSessionsAndTelegram(deps: Deps, caller: Caller): Promise<void> {
  const decide = (person: Person) => orThrow(unlinkTelegram(person))
  signalEnded(deps, await deps.store.changeTelegram(caller, decide, { at: deps.now(), endsSessions: true }))
}
