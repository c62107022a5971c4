import type { Deps } from '../deps.ts'
import { publishedAheadMs, spent } from '../rules/signing-key.ts'
import { keep, newKey } from './sign-access.ts'

/**
 * Brings in a new signing key: published now, signing once every verifier can know it, while the old one stays published until its last token is
 * over. Run again before that time it changes nothing.
 */
export async function rotateKeys(deps: Deps): Promise<void> {
  const at = deps.now()
  const keys = await deps.store.changeKeys((known) => {
    const isUnderWay = known.some(({ signsFrom }) => signsFrom > at)
    return { add: isUnderWay ? [] : [newKey(deps, new Date(at.getTime() + publishedAheadMs))], forget: spent(known, at) }
  }, at)
  keep(deps, keys)
}
