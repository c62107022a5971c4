import { trustApi } from '@repitbot/contracts/auth'
import { client } from '@repitbot/contracts/client'
import { secretHeader } from '@repitbot/kit/auth'
import type { Log } from '@repitbot/kit/log'
import type { Signals } from '@repitbot/kit/signals'

const askMs = 2_000
/** Longer than an access token lives: after that a revoked session has no token left to refuse. */
const keepMs = 15 * 60_000

export type Revoked = { has(sessionId: string): boolean; close(): void }
type RevokedDeps = { userUrl: string; serviceSecret: string; signals: Signals; log: Log }

/** Sessions whose tokens are no longer good though they have not run out: told by signal at once, and asked for every two seconds in case one was lost. */
export function openRevoked({ userUrl, serviceSecret, signals, log }: RevokedDeps): Revoked {
  const revokedAt = new Map<string, number>()
  const keep = (sessionIds: string[]) => {
    for (const id of sessionIds) revokedAt.set(id, Date.now())
  }
  const trust = client(trustApi, { origin: userUrl, headers: { [secretHeader]: serviceSecret } })
  let told = false
  const ask = async () => {
    try {
      keep((await trust.revocations({}, { signal: AbortSignal.timeout(askMs) })).sessionIds)
      told = false
    } catch (error) {
      if (!told) log.warn({ error: String(error) }, 'Revoked sessions cannot be read; those known stay refused')
      told = true
    }
    for (const [id, at] of revokedAt) if (Date.now() - at > keepMs) revokedAt.delete(id)
  }
  void ask()
  const timer = setInterval(() => void ask(), askMs).unref()
  const stopListening = signals.listen('sessions.revoked', (message) => keep((message as { sessionIds: string[] }).sessionIds))
  return {
    has: (sessionId) => revokedAt.has(sessionId),
    close: () => {
      clearInterval(timer)
      stopListening()
    },
  }
}
