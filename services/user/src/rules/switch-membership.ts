import type { FailureCode } from '@repitbot/contracts/failures'
import type { PersonMembership } from './person.ts'
import { revoke, type Session } from './session.ts'

/** Without `started` the membership was closed meanwhile, and the session only ends. */
export type SwitchOutcome = { session: Session; started?: Session; member?: PersonMembership }
type Switch = { userId: string; at: Date; start: (of: Pick<Session, 'personId' | 'userId' | 'expiresAt'>) => Session }

/** Ends a session and starts one of another membership of the same person. The new one expires when the old one would have. */
export function switchMembership(
  session: Session,
  memberships: PersonMembership[],
  { userId, at, start }: Switch,
): SwitchOutcome | FailureCode {
  const member = memberships.find((one) => one.userId === userId)
  if (!member) return 'not_found'
  if (session.revokedAt) return 'session_over'
  const ended = revoke(session, 'switched', at)
  if (!member.active) return { session: ended }
  return { session: ended, started: start({ personId: session.personId, userId, expiresAt: session.expiresAt }), member }
}
