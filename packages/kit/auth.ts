import { createPublicKey, type KeyObject, timingSafeEqual } from 'node:crypto'
import { Role } from '@repitbot/contracts/people'
import type { Request, RequestHandler } from 'express'
import { Passport } from 'passport'
import { ExtractJwt, Strategy } from 'passport-jwt'
import { Failure } from './failure.ts'
import type { Log } from './log.ts'

export const tokenIssuer = 'repitbot'
export const tokenAudience = 'repitbot'
/** The header in which a service or the bot shows its own secret. */
export const secretHeader = 'x-service-secret'

/** What an access token says; times in seconds since 1970. */
export type Claims = { sub: string; school: string; role: Role; sid: string; typ: 'access'; exp: number }
/** The public keys that tokens are verified by. */
export type Keys = {
  find(kid: string): Promise<KeyObject | undefined>
  /** Whether a key is good now, as far as is known here. */
  has(kid: string): boolean
  ready(): boolean
  close(): void
}
export type Jwks = { keys: { kid: string; kty: string; crv: string; x: string; y: string }[] }

const asKeys = (jwks: Jwks) => new Map(jwks.keys.map((key) => [key.kid, createPublicKey({ key, format: 'jwk' })]))
export const fixedKeys = (jwks: Jwks): Keys => {
  const keys = asKeys(jwks)
  return { find: async (kid) => keys.get(kid), has: (kid) => keys.has(kid), ready: () => true, close: () => {} }
}

const refreshMs = 30_000
/** Services that start together find each other soon; one that starts alone asks ever less often. */
const retryMs = { first: 50, most: 1_000 }
/** A token may come sooner than the news of its key: then the keys are read at once, yet no more often than this. */
const unknownMs = 250

/** Keys read from the address that signs, again every 30 s, and when a token names one not yet known. Keeps the last ones while it is away. */
export function remoteKeys(url: string, log: Log): Keys {
  let keys = new Map<string, KeyObject>()
  let askedAt = 0
  let tries = 0
  let timer: NodeJS.Timeout | undefined
  let closed = false
  let asking: Promise<void> | undefined
  const ask = () => {
    asking ??= (async () => {
      askedAt = Date.now()
      try {
        const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) })
        if (!answer.ok) throw new Error(`It answered ${answer.status}`)
        keys = asKeys((await answer.json()) as Jwks)
      } catch (error) {
        log.debug({ error: String(error), url }, 'The signing keys could not be read; the last ones stay')
      }
      clearTimeout(timer)
      const waitMs = keys.size ? refreshMs : Math.min(retryMs.most, retryMs.first * 2 ** tries++)
      if (!closed) timer = setTimeout(() => void ask(), waitMs).unref()
      asking = undefined
    })()
    return asking
  }
  const askedAgain = async () => {
    await asking
    const wait = askedAt + unknownMs - Date.now()
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    await ask()
  }
  void ask()
  return {
    async find(kid) {
      if (!keys.has(kid)) await askedAgain()
      return keys.get(kid)
    },
    has: (kid) => keys.has(kid),
    ready: () => keys.size > 0,
    close: () => {
      closed = true
      clearTimeout(timer)
    },
  }
}

export const claimsOf = (request: Request) => request.user as Claims

/** Lets a request through whose bearer token is ours, signed, current and an access token; else `not_signed_in`. */
export function authenticate(keys: Keys, now: () => Date): RequestHandler {
  const passport = new Passport()
  const secretOrKeyProvider = (_request: unknown, token: string, done: (error: unknown, key?: KeyObject) => void) => {
    const found = kidOf(token)
    const key = found === undefined ? Promise.resolve(undefined) : keys.find(found)
    key.then((known) => (known ? done(null, known) : done(new Error('Unknown key'))), done)
  }
  const options = {
    jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
    secretOrKeyProvider: secretOrKeyProvider as never,
    algorithms: ['ES256' as const],
    issuer: tokenIssuer,
    audience: tokenAudience,
    // Judged below by the runtime's clock, the one that tokens are issued by.
    ignoreExpiration: true,
  }
  passport.use(new Strategy(options, (claims: Claims, done) => done(null, isCurrent(claims, now()) ? claims : false)))
  const check = (request: Request, response: never, next: (error?: unknown) => void) => {
    const decided = (_error: unknown, claims: Claims | false | undefined) => {
      if (!claims) return next(new Failure('not_signed_in'))
      request.user = claims
      next()
    }
    passport.authenticate('jwt', { session: false }, decided)(request, response, next)
  }
  return check as unknown as RequestHandler
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const roles = new Set<unknown>(Role.options)
const isCurrent = (claims: Partial<Claims>, now: Date) =>
  claims.typ === 'access' &&
  typeof claims.exp === 'number' &&
  claims.exp * 1000 > now.getTime() &&
  roles.has(claims.role) &&
  [claims.sub, claims.school, claims.sid].every((id) => typeof id === 'string' && uuid.test(id))

/** The key that a token says it is signed by; nothing is verified. */
export function kidOf(token: string): string | undefined {
  try {
    const { kid } = JSON.parse(Buffer.from(token.split('.', 1)[0] ?? '', 'base64url').toString()) as { kid?: unknown }
    return typeof kid === 'string' ? kid : undefined
  } catch {
    return undefined
  }
}

/** Compares in constant time; an unset secret opens nothing. */
export function isSecret(shown: string | undefined, secret: string | undefined): boolean {
  if (!shown || !secret) return false
  const [a, b] = [Buffer.from(shown), Buffer.from(secret)]
  return a.length === b.length && timingSafeEqual(a, b)
}
