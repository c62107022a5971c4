import type { Entered } from '@repitbot/contracts/auth'
import type { Origin } from '@repitbot/contracts/endpoint'
import { Failure, orThrow } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { chooseMembership } from '../rules/choose-membership.ts'
import { hashOf } from '../rules/secrets.ts'
import { newSession, tokensOf } from './open-session.ts'

/** The page comes back with its secret, whose 256 bits need no limit on guesses. */
export async function finishTelegramLogin(deps: Deps, secret: string, origin: Origin): Promise<Entered> {
  const found = await deps.store.findTelegramLogin(hashOf(deps.secrets, 'token', secret), deps.now())
  if (found?.request.state === 'asked') throw new Failure('not_confirmed_yet')
  if (found?.request.state !== 'confirmed') throw new Failure('link_not_valid')
  const member = orThrow(chooseMembership(found))
  const session = newSession(deps, { personId: found.request.personId ?? '', userId: member.userId }, origin)
  await deps.store.finishTelegramLogin(found.request, session, member.schoolId)
  return { ...(await tokensOf(deps, session, member)), userId: member.userId, memberships: found.memberships }
}
