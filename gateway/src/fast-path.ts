import type { IncomingMessage } from 'node:http'
import { sessionPart } from '@repitbot/contracts/credentials'
import type { Settings } from '@repitbot/contracts/settings'
import { type Claims, isSecret, secretHeader } from '@repitbot/kit/auth'
import { cookieOf } from '@repitbot/kit/cookie'
import { Failure } from '@repitbot/kit/failure'
import type { Exchange, FastPath } from '@repitbot/kit/http'
import { networksOf } from '@repitbot/kit/network'
import { apiHeaders } from '@repitbot/kit/problem'
import type { BodyTimes } from './body.ts'
import type { ReadClaims } from './claims.ts'
import type { Cors } from './cors.ts'
import { forward } from './forward.ts'
import type { Limiter, Taken } from './limiter.ts'
import { type Client, type Limit, limitsOf } from './limits.ts'
import type { Origin } from './origin.ts'
import type { Revoked } from './revoked.ts'
import { findRoute, isPage, methodsAt, type Route } from './routes.ts'
import type { Streams } from './streams.ts'
import type { Upstreams } from './upstreams.ts'

export type FastPathDeps = {
  readClaims: ReadClaims
  originOf: (request: IncomingMessage) => Origin
  /** Proves to the services that a request came through this gateway. */
  serviceSecret: string
  revoked: Revoked
  streams: Streams
  limiter: Limiter
  upstreams: Upstreams
  cors: Cors
  settings: () => Settings
  botSecret: string | undefined
  bodyTimes: BodyTimes
  otherPerMinute: number
  /** Called for each request that a limit refused, with the limit's name. */
  countRefusal: (limit: string) => void
}
type Next = (error?: unknown) => void
type Asked = { route: Route; exchange: Exchange; origin: Origin; next: Next }
/** Pages, their files and unknown addresses for one address in a minute: a class that opens the page at once stays far below. */
export const otherPerMinute = 6_000
const hsts = 'max-age=31536000; includeSubDomains'
const apiHead = Object.entries(apiHeaders).flat()

/**
 * Handles each request for a contract row ahead of Express, whose router costs more than all of this together: CORS, token, limits,
 * role, then forwarding to the service. Requests for no contract row, the gateway's own routes and every refusal go on to Express.
 */
export function openFastPath(deps: FastPathDeps): FastPath {
  const { readClaims, cors } = deps
  return (exchange, next) => {
    const { request, head } = exchange
    const url = request.url ?? '/'
    // `GET http://host/path` is read as a path by Express and as no route here: it would go past the limits and the ended sessions.
    if (!url.startsWith('/'))
      return next(new Failure('bad_request', { errors: [{ field: 'path', message: 'Expected a path that begins with /' }] }))
    const origin = deps.originOf(request)
    if (origin.scheme === 'https') head.push('strict-transport-security', hsts)
    if (hasTwoHosts(request)) return next(new Failure('bad_request', { errors: [{ field: 'Host', message: 'Expected one Host header' }] }))
    if (cors(exchange, () => methodsAt(url))) return
    const route = findRoute(request.method ?? '', url)
    if (!route) return other(deps, { url, exchange, origin, next })
    head.push(...apiHead)
    exchange.route = route.path
    const asked = { route, exchange, origin, next }
    const claims = typeof route.row.who === 'string' ? undefined : readClaims(request.headers.authorization)
    if (claims instanceof Promise) claims.then((found) => limit(deps, asked, found)).catch(next)
    else limit(deps, asked, claims)
  }
}

/** What is no contract row goes on to Express, so many a minute from one address; a method that a known address does not have is refused. */
function other(
  { limiter, otherPerMinute: perMinute }: FastPathDeps,
  { url, exchange, origin, next }: Omit<Asked, 'route'> & { url: string },
) {
  // The page that asks first has the address that mail programs call with POST.
  const methods = ['GET', 'HEAD'].includes(exchange.request.method ?? '') && isPage(url) ? [] : methodsAt(url)
  if (methods.length) {
    exchange.head.push('allow', methods.join(', '))
    return next(new Failure('method_not_allowed'))
  }
  const limit = { name: 'other', key: `other ${networksOf(origin.address).narrow}`, perMinute }
  const finish = ({ admitted, resetSeconds: retryAfterSeconds }: Taken) =>
    next(
      admitted
        ? undefined
        : new Failure('too_many_requests', { retryAfterSeconds, with: { limit: limit.name, perMinute: limit.perMinute } }),
    )
  const taken = limiter.take(limit, exchange)
  if (taken instanceof Promise) taken.then(finish).catch(next)
  else finish(taken)
}

/** Of two Host headers Node takes the first; a proxy before us may have taken the second. */
function hasTwoHosts({ rawHeaders }: IncomingMessage): boolean {
  let count = 0
  for (let n = 0; n < rawHeaders.length; n += 2) if (rawHeaders[n]?.length === 4 && rawHeaders[n]?.toLowerCase() === 'host') count++
  return count > 1
}

/** Ignores the claims of an ended session, counts the request for each of its limits, and goes on where all admit it. */
function limit(deps: FastPathDeps, asked: Asked, found: Claims | undefined) {
  const { route, exchange, next } = asked
  const claims = found && !deps.revoked.has(found.sid) ? found : undefined
  const limits = limitsOf(route, clientOf(deps, asked, claims), deps.settings().rateLimits)
  const finish = (taken: Taken[]) => {
    addLimitHeaders(exchange.head, limits, taken)
    const refused = taken.findIndex(({ admitted }) => !admitted)
    if (refused < 0) return authorize(deps, asked, claims)
    const { name = '', perMinute = 0 } = limits[refused] ?? {}
    deps.countRefusal(name)
    next(new Failure('too_many_requests', { retryAfterSeconds: taken[refused]?.resetSeconds, with: { limit: name, perMinute } }))
  }
  const taken = takeEach(deps.limiter, exchange, limits)
  if (taken instanceof Promise) taken.then(finish).catch(next)
  else finish(taken)
}

function clientOf({ botSecret }: FastPathDeps, { route, exchange: { request }, origin }: Asked, claims: Claims | undefined): Client {
  if (claims) return { kind: 'user', id: claims.sub, role: claims.role }
  const secret = request.headers[secretHeader]
  if (route.row.who === 'bot' && isSecret(typeof secret === 'string' ? secret : undefined, botSecret)) return { kind: 'bot' }
  const session = route.row.rate === 'refresh' ? sessionPart(cookieOf(route.row, request.headers, origin.scheme === 'https')) : undefined
  return { kind: 'address', id: origin.address, session }
}

/** Takes one request from each limit until one refuses. Returns a promise only where a limit has to ask Redis. */
function takeEach(limiter: Limiter, exchange: Exchange, limits: Limit[], taken: Taken[] = []): Taken[] | Promise<Taken[]> {
  for (let n = taken.length; n < limits.length; n++) {
    const one = limiter.take(limits[n] as Limit, exchange)
    if (one instanceof Promise)
      return one.then((later) => (later.admitted ? takeEach(limiter, exchange, limits, [...taken, later]) : [...taken, later]))
    taken.push(one)
    if (!one.admitted) break
  }
  return taken
}

/** Adds RateLimit and RateLimit-Policy as in draft-ietf-httpapi-ratelimit-headers: quota `q` in `w` seconds, `r` remaining for `t` seconds. */
function addLimitHeaders(head: string[], limits: Limit[], taken: Taken[]) {
  let policy = ''
  let left = ''
  limits.forEach(({ name, perMinute }, n) => {
    const comma = n ? ', ' : ''
    policy += `${comma}"${name}";q=${perMinute};w=60`
    const one = taken[n]
    if (one) left += `${comma}"${name}";r=${one.remaining};t=${one.resetSeconds}`
  })
  head.push('ratelimit-policy', policy, 'ratelimit', left)
}

/** Refuses callers whose role may not call the route, before they cost the service anything. The service checks the same again, and it alone checks the bot's secret. */
function authorize(deps: FastPathDeps, { route, exchange, origin, next }: Asked, claims: Claims | undefined) {
  const { who } = route.row
  if (typeof who !== 'string' && !claims) return next(new Failure('not_signed_in'))
  if (typeof who !== 'string' && claims && !who[claims.role]) return next(new Failure('forbidden'))
  if (route.service === 'gateway') return next()
  if (route.row.reply === 'stream' && claims) {
    // The session may have ended while the limits were asked for; from here on its end is heard.
    if (deps.revoked.has(claims.sid)) return next(new Failure('not_signed_in'))
    deps.streams.add(claims, exchange.response)
  }
  const { upstreams, bodyTimes, serviceSecret } = deps
  const { timeoutMs } = deps.settings().circuitBreaker
  void forward(upstreams.of(route.service), { row: route.row, origin, exchange, timeoutMs, bodyTimes, serviceSecret }, next)
}
