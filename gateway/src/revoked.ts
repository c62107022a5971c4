import { client } from '@repitbot/contracts/client'
import { trustApi } from '@repitbot/contracts/trust'
import { secretHeader } from '@repitbot/kit/auth'
import type { Log } from '@repitbot/kit/log'
import type { Signals } from '@repitbot/kit/signals'

const pollMs = 2_000
/** Longer than an access token lives: after that no token of a revoked session is valid anyway. */
const keepMs = 15 * 60_000

export type Revoked = { has(sessionId: string): boolean; close(): void }
type RevokedDeps = {
  userUrl: string
  serviceSecret: string
  signals: Signals
  log: Log
  now: () => Date
  /** Called once for each ended session. */
  onRevoked: (sessionId: string) => void
}

/** Ended sessions, whose access tokens are refused though they have not expired. A signal brings each at once; every two seconds the user service is asked too, in case a signal was lost. */
export function openRevoked({ userUrl, serviceSecret, signals, log, now, onRevoked }: RevokedDeps): Revoked {
  const revokedAt = new Map<string, number>()
  const keep = (sessionIds: string[]) => {
    for (const id of sessionIds) {
      if (!revokedAt.has(id)) onRevoked(id)
      revokedAt.set(id, now().getTime())
    }
  }
  const trust = client(trustApi, { origin: userUrl, headers: { [secretHeader]: serviceSecret } })
  let isLogged = false
  const poll = async () => {
    try {
      keep((await trust.revocations({}, { signal: AbortSignal.timeout(pollMs) })).sessionIds)
      isLogged = false
    } catch (error) {
      if (!isLogged) log.warn({ error: String(error) }, 'Revoked sessions cannot be read; those known stay refused')
      isLogged = true
    }
    for (const [id, at] of revokedAt) if (now().getTime() - at > keepMs) revokedAt.delete(id)
  }
  void poll()
  const timer = setInterval(() => void poll(), pollMs).unref()
  const stopListening = signals.listen('sessions.revoked', (message) => keep((message as { sessionIds: string[] }).sessionIds))
  return {
    has: (sessionId) => revokedAt.has(sessionId),
    close: () => {
      clearInterval(timer)
      stopListening()
    },
  }
}
