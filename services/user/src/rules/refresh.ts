import type { Origin } from '@repitbot/contracts/endpoint'
import type { PersonMembership } from './person.ts'
import { isActive, isGenuine, type PresentedToken, revoke, type Session } from './session.ts'

/** How long a token that was exchanged gets the same successor again; after it, a new one. */
const repeatMsMax = 5 * 60_000

export type RefreshOutcome =
  | { kind: 'rotate' | 'repeat'; session: Session; member: PersonMembership }
  | { kind: 'replay' | 'over'; session: Session }
type Presented = { token: PresentedToken; key: Buffer; origin: Origin; at: Date }

/**
 * What a refresh token does to its session. The current token rotates. The one that it was given for, sent again by the same browser, means that
 * the reply was lost, from whatever address: within minutes it gets the same successor again, and later another in its place. Any other used
 * token was copied, and nobody can tell who is honest: the session ends. A token that is not ours, and a closed membership, change nothing.
 */
export function refresh(session: Session, memberships: PersonMembership[], presented: Presented): RefreshOutcome {
  const { token, key, origin, at } = presented
  const kind = isGenuine(key, session, token) ? kindOf(session, presented) : 'over'
  if (kind === 'replay') return { kind, session: revoke(session, 'replay', at) }
  const member = memberships.find(({ userId, active }) => active && userId === session.userId)
  if (kind === 'over' || !member) return { kind: 'over', session }
  if (kind === 'repeat') return { kind, session, member }
  const used = { generation: session.generation + 1, parent: token.generation, usedAt: at, agent: origin.agent, address: origin.address }
  return { kind, session: { ...session, ...used }, member }
}

function kindOf(session: Session, { token, origin, at }: Presented): RefreshOutcome['kind'] {
  if (!isActive(session, at)) return 'over'
  if (token.generation === session.generation) return 'rotate'
  if (token.generation !== session.parent || session.agent !== origin.agent) return 'replay'
  return at.getTime() - session.usedAt.getTime() <= repeatMsMax ? 'repeat' : 'rotate'
}
