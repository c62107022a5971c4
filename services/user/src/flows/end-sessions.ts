import type { Caller } from '@repitbot/contracts/endpoint'
import { Failure } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { signalEnded } from './open-session.ts'

/** Ends one session of the caller, or all of them; one of somebody else is `not_found`. */
export async function endSessions(deps: Deps, caller: Caller, sessionId?: string): Promise<void> {
  const ended = await deps.store.endSessions(caller, deps.now(), sessionId)
  if (sessionId !== undefined && sessionId !== caller.sessionId && !ended.length) throw new Failure('not_found')
  signalEnded(deps, ended)
}
