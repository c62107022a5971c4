import type { Origin } from '@repitbot/contracts/endpoint'
import type { Deps } from '../deps.ts'
import { hashOf } from '../rules/secrets.ts'
import { hashPassword } from './hash-password.ts'
import { signalEnded } from './open-session.ts'
import { attemptFrom, tryWithLimits } from './try-with-limits.ts'

/** Sets a new password by the one-time link, and signs the person out everywhere. */
export async function resetPassword(deps: Deps, { token, password }: { token: string; password: string }, origin: Origin): Promise<void> {
  const ended = await tryWithLimits(deps, [attemptFrom(origin, 'accept')], async () =>
    deps.store.resetPassword(hashOf(deps.secrets, 'token', token), await hashPassword(password), deps.now()),
  )
  signalEnded(deps, ended)
}
