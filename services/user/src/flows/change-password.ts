import type { Caller, Origin } from '@repitbot/contracts/endpoint'
import { Failure } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { countersOf } from '../rules/attempts.ts'
import { hashPassword, isPassword } from './hash-password.ts'
import { signalEnded } from './open-session.ts'
import { tryWithLimits } from './try-with-limits.ts'

type Passwords = { password: string; newPassword: string; origin: Origin }

/** Needs the present password, with the limits of signing in, so that nobody takes an account over from a device left open. */
export async function changePassword(deps: Deps, caller: Caller, { password, newPassword, origin }: Passwords): Promise<void> {
  const ended = await tryWithLimits(deps, countersOf('sign-in', caller.userId, origin.address), async () => {
    const from = await deps.store.findPasswordHash(caller)
    if (!(await isPassword(from, password)) || from === null) throw new Failure('wrong_credentials')
    return deps.store.changePassword(caller, { from, to: await hashPassword(newPassword) }, deps.now())
  })
  signalEnded(deps, ended)
}
