import { createPublicKey, type KeyObject, timingSafeEqual } from 'node:crypto'
import { Role } from '@repitbot/contracts/person-card'
import { isUuid } from '@repitbot/contracts/uuid'
import type { Request, RequestHandler } from 'express'
import { Passport } from 'passport'
import { ExtractJwt, Strategy } from 'passport-jwt'
import { Failure } from './failure.ts'
import type { Log } from './log.ts'

export const tokenIssuer = 'repitbot'
export const tokenAudience = 'repitbot'
/** The header in which a service or the bot sends its secret. */
export const secretHeader = 'x-service-secret'
/** The header in which the gateway proves, by the services' secret, that what it says of the client is true. */
export const gatewayHeader = 'x-gateway-secret'

/** The claims of an access token; times in seconds since 1970. */
export type Claims = { sub: string; school: string; role: Role; sid: string; typ: 'access'; exp: number }
/** The public keys that verify tokens. */
export type Keys = {
  find(kid: string): Promise<KeyObject | undefined>
  /** Whether a key is loaded, without asking the user service. */
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
/** Services that start together find each other soon; one that starts alone retries less and less often. */
const retryMs = { first: 50, most: 1_000 }
/** A token may arrive before its new key is loaded: then the keys are loaded at once, but no more often than this. */
const reloadMs = 250

/** Loads the keys from the user service, again every 30 s and when a token names an unknown key. Keeps the last ones while the user service is down. */
export function remoteKeys(url: string, log: Log): Keys {
  let keys = new Map<string, KeyObject>()
  let requestedAt = 0
  let tries = 0
  let timer: NodeJS.Timeout | undefined
  let closed = false
  let loading: Promise<void> | undefined
  const load = () => {
    loading ??= (async () => {
      requestedAt = Date.now()
      try {
        const response = await fetch(url, { signal: AbortSignal.timeout(2_000) })
        if (!response.ok) throw new Error(`The user service answered ${response.status}`)
        keys = asKeys((await response.json()) as Jwks)
      } catch (error) {
        log.debug({ error: String(error), url }, 'The signing keys could not be read; the last ones stay')
      }
      clearTimeout(timer)
      const waitMs = keys.size ? refreshMs : Math.min(retryMs.most, retryMs.first * 2 ** tries++)
      if (!closed) timer = setTimeout(() => void load(), waitMs).unref()
      loading = undefined
    })()
    return loading
  }
  const reload = async () => {
    await loading
    const wait = requestedAt + reloadMs - Date.now()
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    await load()
  }
  void load()
  return {
    async find(kid) {
      if (!keys.has(kid)) await reload()
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

/** Requires a bearer token that is an access token of this platform, signed and not expired; else `not_signed_in`. */
export function authenticate(keys: Keys, now: () => Date): RequestHandler {
  const passport = new Passport()
  const secretOrKeyProvider = (_request: unknown, token: string, done: (error: unknown, key?: KeyObject) => void) => {
    const kid = kidOf(token)
    const loaded = kid === undefined ? Promise.resolve(undefined) : keys.find(kid)
    loaded.then((key) => (key ? done(null, key) : done(new Error('Unknown key'))), done)
  }
  const options = {
    jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
    secretOrKeyProvider: secretOrKeyProvider as never,
    algorithms: ['ES256' as const],
    issuer: tokenIssuer,
    audience: tokenAudience,
    // Checked below against the clock of the runtime, which also issues the tokens.
    ignoreExpiration: true,
  }
  passport.use(new Strategy(options, (claims: Claims, done) => done(null, isCurrent(claims, now()) ? claims : false)))
  const check = (request: Request, response: never, next: (error?: unknown) => void) => {
    const onResult = (_error: unknown, claims: Claims | false | undefined) => {
      if (!claims) return next(new Failure('not_signed_in'))
      request.user = claims
      next()
    }
    passport.authenticate('jwt', { session: false }, onResult)(request, response, next)
  }
  return check as unknown as RequestHandler
}

const roles = new Set<unknown>(Role.options)
const isCurrent = (claims: Partial<Claims>, now: Date) =>
  claims.typ === 'access' &&
  typeof claims.exp === 'number' &&
  claims.exp * 1000 > now.getTime() &&
  roles.has(claims.role) &&
  [claims.sub, claims.school, claims.sid].every((id) => typeof id === 'string' && isUuid(id))

/** The id of the key that a token names; nothing is verified. */
export function kidOf(token: string): string | undefined {
  try {
    const { kid } = JSON.parse(Buffer.from(token.split('.', 1)[0] ?? '', 'base64url').toString()) as { kid?: unknown }
    return typeof kid === 'string' ? kid : undefined
  } catch {
    return undefined
  }
}

/** Compares in constant time; an unset secret never matches. */
export function isSecret(given: string | undefined, secret: string | undefined): boolean {
  if (!given || !secret) return false
  const [a, b] = [Buffer.from(given), Buffer.from(secret)]
  return a.length === b.length && timingSafeEqual(a, b)
}
