import type { Caller, Origin } from '@repitbot/contracts/endpoint'
import { Failure } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { hashPassword, isPassword } from './hash-password.ts'
import { signalEnded } from './open-session.ts'
import { attemptFrom, tryWithLimits } from './try-with-limits.ts'

type Passwords = { password: string; newPassword: string; origin: Origin }

/**
 * Needs the present password, with the limits of signing in, so that nobody takes an account over from a device left open. Checks it and makes
 * the hash, and returns the change to make.
 */
export async function preparePassword(
  deps: Deps,
  caller: Caller,
  { password, newPassword, origin }: Passwords,
): Promise<() => Promise<void>> {
  const hashes = await tryWithLimits(deps, [attemptFrom(origin, 'sign-in', { account: caller.userId })], async () => {
    const { hash: from, own } = await deps.store.findPassword(caller)
    if (!(await isPassword(from, password)) || from === null) throw new Failure('wrong_credentials')
    return { from, to: await hashPassword(newPassword, { own, field: 'newPassword' }) }
  })
  return async () => signalEnded(deps, await deps.store.changePassword(caller, hashes, deps.now()))
}
