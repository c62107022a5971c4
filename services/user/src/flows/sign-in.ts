import type { Entered } from '@repitbot/contracts/auth'
import type { Origin } from '@repitbot/contracts/endpoint'
import { Failure } from '@repitbot/kit/failure'
import type { Inside } from '../inside.ts'
import { countersOf } from '../rules/attempts.ts'
import { isPassword } from './hash-password.ts'
import { newSession, tokensOf } from './open-session.ts'
import { tryWithLimits } from './try-with-limits.ts'

/** One answer and one pace for a wrong password and for an unknown e-mail; only the right password learns that a membership is closed. */
export async function signIn(inside: Inside, { email, password }: { email: string; password: string }, origin: Origin): Promise<Entered> {
  return tryWithLimits(inside, countersOf('sign-in', email, origin.address), async () => {
    const found = await inside.store.findAccount(email)
    const isRight = await isPassword(found?.account.passwordHash, password)
    if (!found || !isRight) throw new Failure('wrong_credentials')
    const memberships = found.memberships.filter(({ active }) => active)
    const member = memberships.find(({ userId }) => userId === found.lastUserId) ?? memberships[0]
    if (!member) throw new Failure('membership_closed')
    const session = newSession(inside, { personId: found.account.id, userId: member.userId }, origin)
    await inside.store.openSession(session, member.schoolId, found.account.passwordHash)
    return { ...(await tokensOf(inside, session, member)), userId: member.userId, memberships }
  })
}
