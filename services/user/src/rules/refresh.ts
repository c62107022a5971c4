import type { Origin } from '@repitbot/contracts/endpoint'
import type { PersonMembership } from './person.ts'
import { isActive, isGenuine, type PresentedToken, revoke, type Session } from './session.ts'

/** How long the same client may send a used token again, because the reply with its successor was lost. */
const retryMsMax = 10_000

export type RefreshOutcome =
  | { kind: 'rotate' | 'repeat'; session: Session; member: PersonMembership }
  | { kind: 'replay' | 'over'; session: Session }
type Presented = { token: PresentedToken; key: Buffer; origin: Origin; at: Date }

/**
 * What a refresh token does to its session. The current token rotates. The one used just before, sent again by the same client within
 * 10 seconds, gets the same successor again. Any other used token was copied, and nobody can tell who is honest: the session ends. A token
 * that is not ours, and a closed membership, change nothing.
 */
export function refresh(session: Session, memberships: PersonMembership[], presented: Presented): RefreshOutcome {
  const { token, key, origin, at } = presented
  const kind = isGenuine(key, session, token) ? kindOf(session, presented) : 'over'
  if (kind === 'replay') return { kind, session: revoke(session, 'replay', at) }
  const member = memberships.find(({ userId, active }) => active && userId === session.userId)
  if (kind === 'over' || !member) return { kind: 'over', session }
  if (kind === 'repeat') return { kind, session, member }
  const used = { generation: session.generation + 1, usedAt: at, agent: origin.agent, address: origin.address }
  return { kind, session: { ...session, ...used }, member }
}

function kindOf(session: Session, { token, origin, at }: Presented): RefreshOutcome['kind'] {
  if (!isActive(session, at)) return 'over'
  if (token.generation === session.generation) return 'rotate'
  const isSameClient = session.agent === origin.agent && session.address === origin.address
  const isAtOnce = at.getTime() - session.usedAt.getTime() <= retryMsMax
  return token.generation === session.generation - 1 && isSameClient && isAtOnce ? 'repeat' : 'replay'
}
