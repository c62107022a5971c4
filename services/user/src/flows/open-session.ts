import { randomBytes, randomUUIDv7 } from 'node:crypto'
import { type SignedIn, sessionSecondsMax } from '@repitbot/contracts/auth'
import type { Origin } from '@repitbot/contracts/endpoint'
import type { Role } from '@repitbot/contracts/person-card'
import { accessSecondsMax } from '@repitbot/contracts/trust'
import type { Deps } from '../deps.ts'
import { refreshToken, type Session } from '../rules/session.ts'
import { signAccess } from './sign-access.ts'

/** A longer user agent is cut. */
export const agentMax = 300

/** A new session, not stored yet. `expiresAt` is that of the session it continues, where there is one. */
export function newSession(
  { now }: Deps,
  of: { personId: string; userId: string; expiresAt?: Date; telegram?: boolean },
  { address, agent }: Origin,
): Session {
  const at = now()
  return {
    id: randomUUIDv7(),
    personId: of.personId,
    userId: of.userId,
    seed: randomBytes(32),
    generation: 0,
    parent: null,
    agent: agent.slice(0, agentMax),
    address,
    startedAt: at,
    usedAt: at,
    expiresAt: of.expiresAt ?? new Date(at.getTime() + sessionSecondsMax * 1000),
    revokedAt: null,
    revokedBecause: null,
    telegram: of.telegram ?? false,
  }
}

/** An access token, and the session's current refresh token. */
export async function tokensOf(deps: Deps, session: Session, member: { schoolId: string; role: Role }): Promise<SignedIn> {
  const accessToken = await signAccess(deps, { ...member, userId: session.userId, sessionId: session.id })
  return { accessToken, refreshToken: refreshToken(deps.secrets.refresh, session, session.generation), expiresIn: accessSecondsMax }
}

/** Signals processes that check tokens that these sessions are over; one that misses it reads the list of revocations. */
export function signalEnded({ signals }: Deps, sessionIds: string[]): void {
  if (sessionIds.length) signals.send('sessions.revoked', { sessionIds })
}
