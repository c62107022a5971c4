import type { SignedIn } from '@repitbot/contracts/auth'
import type { Origin } from '@repitbot/contracts/endpoint'
import { Failure } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { isGenuine, presented, refreshed } from '../rules/session.ts'
import { tellEnded, tokensOf } from './open-session.ts'

/** Exchanges a refresh token. A used one ends its whole family, unless it is an immediate retry; a made-up one touches nothing. */
export async function refreshTokens(deps: Deps, token: string, given: Origin): Promise<SignedIn> {
  const shown = presented(token)
  if (!shown) throw new Failure('session_over')
  const at = deps.now()
  const origin = { ...given, agent: given.agent.slice(0, 300) }
  const { kind, session, member } = await deps.store.rotateSession(
    shown.sessionId,
    (found) => (isGenuine(deps.secrets.refresh, found, shown) ? refreshed(found, shown.generation, origin, at) : 'over'),
    { at, origin },
  )
  if (kind === 'replay') {
    deps.log.warn({ sessionId: shown.sessionId }, 'A used refresh token came again: its sign-in is ended')
    tellEnded(deps, [shown.sessionId])
  }
  if (!session || !member) throw new Failure('session_over')
  return tokensOf(deps, session, member)
}
