import { authenticate, type Claims, type Keys, kidOf } from '@repitbot/kit/auth'
import type { Request } from 'express'

const tokensMax = 10_000

export type ReadClaims = (authorization: string | undefined) => Claims | undefined | Promise<Claims | undefined>

/**
 * Reads the claims of a valid token, undefined of any other. A signature is verified once: the claims are cached by the whole token,
 * and each hit checks again that the token has not expired and that its key is still trusted. Refused tokens are not cached. Whether
 * the session was ended is not checked here: the caller checks it for each request.
 */
export function openClaims(keys: Keys, now: () => Date, cachedMax = tokensMax): ReadClaims {
  const cache = new Map<string, { claims: Claims; kid: string }>()
  const checkToken = authenticate(keys, now)
  const verify = (authorization: string) =>
    new Promise<Claims | undefined>((resolve) => {
      const request = { headers: { authorization } } as Request
      void checkToken(request, undefined as never, () => resolve(request.user as Claims | undefined))
    })
  const keep = (authorization: string, claims: Claims | undefined) => {
    if (!claims) return undefined
    if (cache.size >= cachedMax) for (const oldest of cache.keys()) if (cache.delete(oldest)) break
    cache.set(authorization, { claims, kid: kidOf(authorization.replace(/^bearer /i, '')) ?? '' })
    return claims
  }
  return (authorization) => {
    if (!authorization) return undefined
    const cached = cache.get(authorization)
    if (cached && cached.claims.exp * 1000 > now().getTime() && keys.has(cached.kid)) return cached.claims
    if (cached) cache.delete(authorization)
    return verify(authorization).then((claims) => keep(authorization, claims))
  }
}
