import type { SignedIn } from '@repitbot/contracts/auth'
import type { Origin } from '@repitbot/contracts/endpoint'
import { Failure } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { refresh } from '../rules/refresh.ts'
import { parseToken } from '../rules/session.ts'
import { agentMax, signalEnded, tokensOf } from './open-session.ts'

/** Exchanges a refresh token for the next one and an access token; `session_over` for any token that is no longer good or never was. */
export async function refreshTokens(deps: Deps, text: string, { address, agent }: Origin): Promise<SignedIn> {
  const token = parseToken(text)
  if (!token) throw new Failure('session_over')
  const origin = { address, agent: agent.slice(0, agentMax) }
  const presented = { token, key: deps.secrets.refresh, origin, at: deps.now() }
  const outcome = await deps.store.changeSession({ sessionId: token.sessionId }, (session, memberships) =>
    refresh(session, memberships, presented),
  )
  if (outcome?.kind === 'replay') {
    deps.log.warn({ sessionId: token.sessionId }, 'A used refresh token came again: its sign-in is ended')
    signalEnded(deps, [token.sessionId])
  }
  if (!outcome || !('member' in outcome)) throw new Failure('session_over')
  return tokensOf(deps, outcome.session, outcome.member)
}
