import type { Caller } from '@repitbot/contracts/endpoint'
import { Failure } from '@repitbot/kit/failure'
import type { Inside } from '../inside.ts'
import { tellEnded } from './open-session.ts'

/** Ends one session of the caller, or all of them; one that is not his is `not_found`. */
export async function endSessions(inside: Inside, caller: Caller, sessionId?: string): Promise<void> {
  const ended = await inside.store.endSessions(caller, inside.now(), sessionId)
  if (sessionId !== undefined && sessionId !== caller.sessionId && !ended.length) throw new Failure('not_found')
  tellEnded(inside, ended)
}
