import type { SignedIn } from '@repitbot/contracts/auth'
import type { Caller, Origin } from '@repitbot/contracts/endpoint'
import { Failure } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { newSession, tellEnded, tokensOf } from './open-session.ts'

/**
 * Goes on as another membership of the same person. It is a session of its own, so that closing either membership ends what was given for it; the
 * day by which to sign in again stays.
 */
export async function switchMembership(
  deps: Deps,
  caller: Caller,
  { userId, origin }: { userId: string; origin: Origin },
): Promise<SignedIn> {
  const { session: present, memberships } = await deps.store.findSession(caller)
  if (!present) throw new Failure('session_over')
  if (!memberships.some((one) => one.userId === userId)) throw new Failure('not_found')
  const session = newSession(deps, { personId: present.personId, userId, expiresAt: present.expiresAt }, origin)
  const member = await deps.store.replaceSession(caller, session, deps.now())
  if (!member) throw new Failure('session_over')
  tellEnded(deps, [caller.sessionId])
  return tokensOf(deps, session, member)
}
