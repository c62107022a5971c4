import type { IncomingMessage, ServerResponse } from 'node:http'
import { sessionPart } from '@repitbot/contracts/credentials'
import type { Settings } from '@repitbot/contracts/settings'
import { type Claims, isSecret, secretHeader } from '@repitbot/kit/auth'
import { cookieOf } from '@repitbot/kit/cookie'
import { Failure } from '@repitbot/kit/failure'
import type { FastPath } from '@repitbot/kit/http'
import type { BodyTimes } from './body.ts'
import type { ReadClaims } from './claims.ts'
import type { Cors } from './cors.ts'
import { forward } from './forward.ts'
import type { Limiter, Taken } from './limiter.ts'
import { type Client, type Limit, limitsOf } from './limits.ts'
import type { Origin } from './origin.ts'
import type { Revoked } from './revoked.ts'
import { findRoute, methodsAt, type Route } from './routes.ts'
import type { Streams } from './streams.ts'
import type { Upstreams } from './upstreams.ts'

export type FastPathDeps = {
  readClaims: ReadClaims
  originOf: (request: IncomingMessage) => Origin
  revoked: Revoked
  streams: Streams
  limiter: Limiter
  upstreams: Upstreams
  cors: Cors
  settings: () => Settings
  botSecret: string | undefined
  bodyTimes: BodyTimes
  /** Called for each request that a limit refused, with the limit's name. */
  countRefusal: (limit: string) => void
}
type Exchange = { route: Route; request: IncomingMessage; response: ServerResponse; next: (error?: unknown) => void }

/**
 * Handles each request for a contract row ahead of Express, whose router costs more than all of this together: CORS, token, limits,
 * role, then forwarding to the service. Requests for no contract row, the gateway's own routes and every refusal go on to Express.
 */
export function openFastPath(deps: FastPathDeps): FastPath {
  const { readClaims, cors } = deps
  return (request, response, next) => {
    const url = request.url ?? '/'
    // `GET http://host/path` is read as a path by Express and as no route here: it would go past the limits and the ended sessions.
    if (!url.startsWith('/'))
      return next(new Failure('bad_request', { errors: [{ field: 'path', message: 'Expected a path that begins with /' }] }))
    if (cors(request, response, () => methodsAt(url))) return
    const route = findRoute(request.method ?? '', url)
    if (!route) return next()
    Object.assign(request, { route: { path: route.path } })
    const exchange = { route, request, response, next }
    const claims = typeof route.row.who === 'string' ? undefined : readClaims(request.headers.authorization)
    if (claims instanceof Promise) claims.then((found) => limit(deps, exchange, found)).catch(next)
    else limit(deps, exchange, claims)
  }
}

/** Ignores the claims of an ended session, counts the request for each of its limits, and goes on where all admit it. */
function limit(deps: FastPathDeps, exchange: Exchange, found: Claims | undefined) {
  const { route, request, response, next } = exchange
  const claims = found && !deps.revoked.has(found.sid) ? found : undefined
  const origin = deps.originOf(request)
  const limits = limitsOf(route, clientOf(deps, exchange, claims, origin), deps.settings().rateLimits)
  const finish = (taken: Taken[]) => {
    setLimitHeaders(response, limits, taken)
    const refused = taken.findIndex(({ admitted }) => !admitted)
    if (refused < 0) return authorize(deps, exchange, claims, origin)
    const { name = '', perMinute = 0 } = limits[refused] ?? {}
    deps.countRefusal(name)
    next(new Failure('too_many_requests', { retryAfterSeconds: taken[refused]?.resetSeconds, with: { limit: name, perMinute } }))
  }
  const taken = takeEach(deps.limiter, limits)
  if (taken instanceof Promise) taken.then(finish).catch(next)
  else finish(taken)
}

function clientOf({ botSecret }: FastPathDeps, { route, request }: Exchange, claims: Claims | undefined, { address }: Origin): Client {
  if (claims) return { kind: 'user', id: claims.sub, role: claims.role }
  const secret = request.headers[secretHeader]
  if (route.row.who === 'bot' && isSecret(typeof secret === 'string' ? secret : undefined, botSecret)) return { kind: 'bot' }
  const session = route.row.rate === 'refresh' ? sessionPart(cookieOf(route.row, request.headers)) : undefined
  return { kind: 'address', id: address, session }
}

/** Takes one request from each limit until one refuses. Returns a promise only where a limit has to ask Redis. */
function takeEach(limiter: Limiter, limits: Limit[], taken: Taken[] = []): Taken[] | Promise<Taken[]> {
  for (const limit of limits.slice(taken.length)) {
    const one = limiter.take(limit)
    if (one instanceof Promise)
      return one.then((later) => (later.admitted ? takeEach(limiter, limits, [...taken, later]) : [...taken, later]))
    taken.push(one)
    if (!one.admitted) break
  }
  return taken
}

/** Sets RateLimit and RateLimit-Policy as in draft-ietf-httpapi-ratelimit-headers: quota `q` in `w` seconds, `r` remaining for `t` seconds. */
function setLimitHeaders(response: ServerResponse, limits: Limit[], taken: Taken[]) {
  response.setHeader('ratelimit-policy', limits.map(({ name, perMinute }) => `"${name}";q=${perMinute};w=60`).join(', '))
  const left = taken.map(({ remaining, resetSeconds }, n) => `"${limits[n]?.name}";r=${remaining};t=${resetSeconds}`)
  response.setHeader('ratelimit', left.join(', '))
}

/** Refuses callers whose role may not call the route, before they cost the service anything. The service checks the same again, and it alone checks the bot's secret. */
function authorize(deps: FastPathDeps, exchange: Exchange, claims: Claims | undefined, origin: Origin) {
  const { route, request, response, next } = exchange
  const { who } = route.row
  if (typeof who !== 'string' && !claims) return next(new Failure('not_signed_in'))
  if (typeof who !== 'string' && claims && !who[claims.role]) return next(new Failure('forbidden'))
  if (route.service === 'gateway') return next()
  if (route.row.reply === 'stream' && claims) {
    // The session may have ended while the limits were asked for; from here on its end is heard.
    if (deps.revoked.has(claims.sid)) return next(new Failure('not_signed_in'))
    deps.streams.add(claims, response)
  }
  const { upstreams, bodyTimes } = deps
  const { timeoutMs } = deps.settings().circuitBreaker
  void forward(upstreams.of(route.service), { row: route.row, origin, request, response, timeoutMs, bodyTimes }, next)
}
