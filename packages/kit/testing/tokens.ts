import { generateKeyPairSync, randomUUIDv7 } from 'node:crypto'
import { SignJWT } from 'jose'
import { fixedKeys, type Jwks, type Keys, tokenAudience, tokenIssuer } from '../auth.ts'
import type { Person } from './people.ts'

/** A clock that a test can set. */
export function testClock() {
  let at: number | undefined
  const now = () => new Date(at ?? Date.now())
  return {
    now,
    set: (instant: string | Date) => {
      at = new Date(instant).getTime()
    },
    advance: (ms: number) => {
      at = now().getTime() + ms
    },
    real: () => {
      at = undefined
    },
  }
}

export type TestIssuer = ReturnType<typeof testIssuer>
/** Signs access tokens with a key of its own, as the user service would. */
export function testIssuer(now: () => Date) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const kid = 'test'
  const publicJwk = publicKey.export({ format: 'jwk' })
  const jwks = { keys: [{ ...publicJwk, kid }] } as Jwks
  const token = ({ userId, schoolId, role }: Person, claims: Record<string, unknown> = {}) =>
    new SignJWT({ school: schoolId, role, sid: randomUUIDv7(), typ: 'access', ...claims })
      .setProtectedHeader({ alg: 'ES256', kid })
      .setSubject(userId)
      .setIssuer(tokenIssuer)
      .setAudience(tokenAudience)
      .setExpirationTime(Math.floor(now().getTime() / 1000) + 600)
      .sign(privateKey)
  return { keys: fixedKeys(jwks), signer: { kid, privateKey, publicJwk }, token }
}

/** Looks for a key among the tests' own first, then among those of the user service, once that is open. */
export function combineKeys(first: Keys, later: () => Keys | '' | undefined): Keys {
  let second: Keys | undefined
  return {
    async find(kid) {
      const found = await first.find(kid)
      if (found) return found
      second ??= later() || undefined
      return second?.find(kid)
    },
    has: (kid) => first.has(kid) || (second?.has(kid) ?? false),
    ready: () => true,
    close: () => second?.close(),
  }
}
