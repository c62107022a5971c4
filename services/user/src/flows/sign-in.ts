import type { Entered } from '@repitbot/contracts/auth'
import type { Origin } from '@repitbot/contracts/endpoint'
import { Failure, orThrow } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { chooseMembership } from '../rules/choose-membership.ts'
import { findAccount } from './find-account.ts'
import { newSession, tokensOf } from './open-session.ts'
import { attemptFrom, tryWithLimits } from './try-with-limits.ts'

/** A wrong password and an unknown e-mail get the same reply after the same time; only the right password learns that a membership is closed. */
export async function signIn(deps: Deps, { email, password }: { email: string; password: string }, origin: Origin): Promise<Entered> {
  return tryWithLimits(deps, [attemptFrom(origin, 'sign-in', { account: email })], async () => {
    const { account } = await findAccount(deps, email, password)
    if (!account) throw new Failure('wrong_credentials')
    const { memberships: all, lastUserId } = await deps.store.findMemberships(account.id)
    const memberships = all.filter(({ active }) => active)
    const member = orThrow(chooseMembership({ memberships, lastUserId }))
    const session = newSession(deps, { personId: account.id, userId: member.userId }, origin)
    await deps.store.openSession(session, member.schoolId, account.passwordHash)
    return { ...(await tokensOf(deps, session, member)), userId: member.userId, memberships }
  })
}
