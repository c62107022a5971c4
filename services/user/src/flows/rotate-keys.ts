import type { Deps } from '../deps.ts'
import { expiredKeys, publishedAheadMs } from '../rules/signing-key.ts'
import { newKey, rememberKeys } from './sign-access.ts'

/**
 * Adds a signing key: published now, used for signing once every verifier can have it, while the old one stays published until its last token
 * has expired. Run again before the new key signs, it changes nothing.
 */
export async function rotateKeys(deps: Deps): Promise<void> {
  const at = deps.now()
  const keys = await deps.store.changeKeys((stored) => {
    const isUnderWay = stored.some(({ signsFrom }) => signsFrom > at)
    return { add: isUnderWay ? [] : [newKey(deps, new Date(at.getTime() + publishedAheadMs))], remove: expiredKeys(stored, at) }
  }, at)
  rememberKeys(deps, keys)
}
