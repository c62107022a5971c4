import type { Caller, Origin } from '@repitbot/contracts/endpoint'
import { Failure } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { needsPassword } from '../rules/session.ts'
import { isPassword } from './hash-password.ts'
import { attemptFrom, tryWithLimits } from './try-with-limits.ts'

/** Whoever changes a way to sign in proves who they are: by a sign-in of the last minutes, by the chat itself, or by the password where there is one. */
export async function checkProof(deps: Deps, caller: Caller, { password, origin }: { password?: string | undefined; origin: Origin }) {
  const { hash, session } = await deps.store.findPassword(caller)
  if (hash === null || !session || !needsPassword(session, deps.now())) return
  if (password === undefined) throw new Failure('password_needed')
  await tryWithLimits(deps, [attemptFrom(origin, 'sign-in', { account: caller.userId })], async () => {
    if (!(await isPassword(hash, password))) throw new Failure('wrong_credentials')
  })
}
