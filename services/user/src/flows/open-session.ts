import { randomBytes, randomUUIDv7 } from 'node:crypto'
import { accessSecondsMax, type SignedIn, sessionSecondsMax } from '@repitbot/contracts/auth'
import type { Origin } from '@repitbot/contracts/endpoint'
import type { Role } from '@repitbot/contracts/people'
import type { Deps } from '../deps.ts'
import { refreshToken, type Session } from '../rules/session.ts'
import { signAccess } from './sign-access.ts'

/** A sign-in as it begins; it counts once the store has it. `expiresAt` is handed on where one sign-in continues another. */
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
    agent: agent.slice(0, 300),
    address,
    startedAt: at,
    usedAt: at,
    expiresAt: of.expiresAt ?? new Date(at.getTime() + sessionSecondsMax * 1000),
    revokedAt: null,
    telegram: of.telegram ?? false,
  }
}

/** Both tokens of a session as it stands. */
export async function tokensOf(deps: Deps, session: Session, member: { schoolId: string; role: Role }): Promise<SignedIn> {
  const accessToken = await signAccess(deps, { ...member, userId: session.userId, sessionId: session.id })
  return { accessToken, refreshToken: refreshToken(deps.secrets.refresh, session, session.generation), expiresIn: accessSecondsMax }
}

/** Tells whoever guards a door that these sessions are over; who misses it reads it from the list of revocations. */
export function tellEnded({ signals }: Deps, sessionIds: string[]): void {
  if (sessionIds.length) signals.send('sessions.revoked', { sessionIds })
}
