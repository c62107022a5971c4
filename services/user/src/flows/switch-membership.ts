import type { SignedIn } from '@repitbot/contracts/auth'
import type { Caller, Origin } from '@repitbot/contracts/endpoint'
import { Failure, orThrow } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { switchMembership as decide } from '../rules/switch-membership.ts'
import { newSession, signalEnded, tokensOf } from './open-session.ts'

/** Continues as another membership of the same person, in a new session, so that closing either membership ends the session it was given. */
export async function switchMembership(
  deps: Deps,
  caller: Caller,
  { userId, origin }: { userId: string; origin: Origin },
): Promise<SignedIn> {
  const change = { userId, at: deps.now(), start: (of: Parameters<typeof newSession>[1]) => newSession(deps, of, origin) }
  const outcome = await deps.store.changeSession(caller, (session, memberships) => orThrow(decide(session, memberships, change)))
  if (!outcome?.started || !outcome.member) throw new Failure('session_over')
  signalEnded(deps, [caller.sessionId])
  return tokensOf(deps, outcome.started, outcome.member)
}
