import { authenticate, type Claims, type Keys, kidOf } from '@repitbot/kit/auth'
import type { Request } from 'express'

const keptMax = 10_000

export type ReadClaims = (authorization: string | undefined) => Claims | undefined | Promise<Claims | undefined>

/**
 * What a token says, if it is good. A signature is verified once: the claims are kept by the whole token, so long as it has not run out
 * and its key is good. What was refused is not kept. Who has signed out is for the caller to ask, each time.
 */
export function openClaims(keys: Keys, now: () => Date): ReadClaims {
  const kept = new Map<string, { claims: Claims; kid: string }>()
  const check = authenticate(keys, now)
  const verified = (authorization: string) =>
    new Promise<Claims | undefined>((resolve) => {
      const request = { headers: { authorization } } as Request
      void check(request, undefined as never, () => resolve(request.user as Claims | undefined))
    })
  const keep = (authorization: string, claims: Claims | undefined) => {
    if (!claims) return undefined
    if (kept.size >= keptMax) for (const oldest of kept.keys()) if (kept.delete(oldest)) break
    kept.set(authorization, { claims, kid: kidOf(authorization.replace(/^bearer /i, '')) ?? '' })
    return claims
  }
  return (authorization) => {
    if (!authorization) return undefined
    const known = kept.get(authorization)
    if (known && known.claims.exp * 1000 > now().getTime() && keys.has(known.kid)) return known.claims
    if (known) kept.delete(authorization)
    return verified(authorization).then((claims) => keep(authorization, claims))
  }
}
