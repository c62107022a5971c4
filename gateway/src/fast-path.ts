import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Settings } from '@repitbot/contracts/settings'
import { type Claims, isSecret, secretHeader } from '@repitbot/kit/auth'
import { Failure } from '@repitbot/kit/failure'
import type { FastPath } from '@repitbot/kit/http'
import type { ReadClaims } from './claims.ts'
import type { Cors } from './cors.ts'
import { forward } from './forward.ts'
import type { Limiter, Taken } from './limiter.ts'
import { type Client, type Limit, limitsOf } from './limits.ts'
import type { Origin } from './origin.ts'
import type { Revoked } from './revoked.ts'
import { findRoute, methodsAt, type Route } from './routes.ts'
import type { Upstreams } from './upstreams.ts'

export type FastPathDeps = {
  readClaims: ReadClaims
  originOf: (request: IncomingMessage) => Origin
  revoked: Revoked
  limiter: Limiter
  upstreams: Upstreams
  cors: Cors
  settings: () => Settings
  botSecret: string | undefined
  /** Told of each request that a limit refused, by the limit's name. */
  refused: (limit: string) => void
}
type Passing = { route: Route; request: IncomingMessage; response: ServerResponse; next: (error?: unknown) => void }

/**
 * The way of every request of the contracts, ahead of Express, whose router costs more than all of this: CORS, who it is, limits, who may,
 * and on to its service. What is not a row of the contracts, what the gateway answers itself, and every refusal goes on to Express.
 */
export function openFastPath(deps: FastPathDeps): FastPath {
  const { readClaims, cors } = deps
  return (request, response, next) => {
    const url = request.url ?? '/'
    if (cors(request, response, () => methodsAt(url))) return
    const route = findRoute(request.method ?? '', url)
    if (!route) return next()
    Object.assign(request, { route: { path: route.path } })
    const passing = { route, request, response, next }
    const claims = typeof route.row.who === 'string' ? undefined : readClaims(request.headers.authorization)
    if (claims instanceof Promise) claims.then((found) => known(deps, passing, found)).catch(next)
    else known(deps, passing, claims)
  }
}

function known(deps: FastPathDeps, passing: Passing, found: Claims | undefined) {
  const { route, request, response, next } = passing
  const claims = found && !deps.revoked.has(found.sid) ? found : undefined
  const origin = deps.originOf(request)
  const limits = limitsOf(route, clientOf(deps, passing, claims, origin), deps.settings().rateLimits)
  const counted = (taken: Taken[]) => {
    tell(response, limits, taken)
    const refused = taken.findIndex(({ admitted }) => !admitted)
    if (refused < 0) return admitted(deps, passing, claims, origin)
    const { name = '', perMinute = 0 } = limits[refused] ?? {}
    deps.refused(name)
    next(new Failure('too_many_requests', { retryAfterSeconds: taken[refused]?.resetSeconds, with: { limit: name, perMinute } }))
  }
  const taken = taking(deps.limiter, limits)
  if (taken instanceof Promise) taken.then(counted).catch(next)
  else counted(taken)
}

function clientOf({ botSecret }: FastPathDeps, { route, request }: Passing, claims: Claims | undefined, { address }: Origin): Client {
  if (claims) return { kind: 'user', id: claims.sub, role: claims.role }
  const shown = request.headers[secretHeader]
  if (route.row.who === 'bot' && isSecret(typeof shown === 'string' ? shown : undefined, botSecret)) return { kind: 'bot' }
  return { kind: 'address', id: address }
}

/** Takes from each limit until one refuses; a promise only where one must ask. */
function taking(limiter: Limiter, limits: Limit[], taken: Taken[] = []): Taken[] | Promise<Taken[]> {
  for (const limit of limits.slice(taken.length)) {
    const one = limiter.take(limit)
    if (one instanceof Promise)
      return one.then((later) => (later.admitted ? taking(limiter, limits, [...taken, later]) : [...taken, later]))
    taken.push(one)
    if (!one.admitted) break
  }
  return taken
}

/** RateLimit and RateLimit-Policy as draft-ietf-httpapi-ratelimit-headers has them: `q` of `w` seconds, `r` left for `t` more. */
function tell(response: ServerResponse, limits: Limit[], taken: Taken[]) {
  response.setHeader('ratelimit-policy', limits.map(({ name, perMinute }) => `"${name}";q=${perMinute};w=60`).join(', '))
  const left = taken.map(({ remaining, resetSeconds }, n) => `"${limits[n]?.name}";r=${remaining};t=${resetSeconds}`)
  response.setHeader('ratelimit', left.join(', '))
}

/** The service checks all of it again; here a stranger is turned away before he costs anything. The bot's secret is the service's to judge. */
function admitted({ upstreams, settings }: FastPathDeps, passing: Passing, claims: Claims | undefined, origin: Origin) {
  const { route, request, response, next } = passing
  const { who } = route.row
  if (typeof who !== 'string' && !claims) return next(new Failure('not_signed_in'))
  if (typeof who !== 'string' && claims && !who[claims.role]) return next(new Failure('forbidden'))
  if (route.service === 'gateway') return next()
  const { timeoutMs } = settings().circuitBreaker
  void forward(upstreams.of(route.service), { row: route.row, origin, request, response, timeoutMs }, next)
}
