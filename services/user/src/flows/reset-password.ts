import type { Origin } from '@repitbot/contracts/endpoint'
import type { Deps } from '../deps.ts'
import { hashOf } from '../rules/secrets.ts'
import { hashPassword } from './hash-password.ts'
import { signalEnded } from './open-session.ts'
import { attemptFrom, tryWithLimits } from './try-with-limits.ts'

/** Sets a new password by the one-time link, and signs the person out everywhere. */
export async function resetPassword(deps: Deps, { token, password }: { token: string; password: string }, origin: Origin): Promise<void> {
  const ended = await tryWithLimits(deps, [attemptFrom(origin, 'accept')], async () => {
    const link = hashOf(deps.secrets, 'token', token)
    const own = await deps.store.listOwnWords(link, deps.now())
    return deps.store.resetPassword(link, await hashPassword(password, { own, field: 'password' }), deps.now())
  })
  signalEnded(deps, ended)
}
