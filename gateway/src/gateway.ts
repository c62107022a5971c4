import { gatewayApi } from '@repitbot/contracts/gateway'
import type { ServiceName } from '@repitbot/contracts/services'
import { authenticate, claimsOf, type Keys } from '@repitbot/kit/auth'
import { Failure } from '@repitbot/kit/failure'
import { listen } from '@repitbot/kit/http'
import type { Log } from '@repitbot/kit/log'
import { openMetrics } from '@repitbot/kit/metrics'
import { mount } from '@repitbot/kit/mount'
import type { OpenSettings } from '@repitbot/kit/settings'
import type { Signals } from '@repitbot/kit/signals'
import type { RequestHandler, Router } from 'express'
import type { Redis } from 'ioredis'
import { type BodyTimes, bodyTimes } from './body.ts'
import { openClaims } from './claims.ts'
import { openCors } from './cors.ts'
import { docs } from './docs.ts'
import { openFastPath, otherPerMinute } from './fast-path.ts'
import type { Resolve } from './instances.ts'
import { openLimiter } from './limiter.ts'
import { openOrigin } from './origin.ts'
import { ownRoutes } from './own-routes.ts'
import { openRevoked, type Revoked } from './revoked.ts'
import { routes } from './routes.ts'
import { openStreams } from './streams.ts'
import { openUpstreams, type Upstreams } from './upstreams.ts'

export type GatewayRuntime = {
  upstreams: Record<ServiceName, string[]>
  serviceSecret: string
  /** Requests that carry it count for the bot's own limit. */
  botSecret?: string
  keys: Keys
  settings: OpenSettings
  signals: Signals
  /** Counts limits for all gateways together; without it this one counts alone, in memory. */
  redis?: Redis
  now: () => Date
  log: Log
  port: number
  metricsPort?: number
  host?: string
  /** Where people open the platform; https makes the cookie Secure, and browsers stay on https. */
  publicUrl?: string
  /** Networks of proxies whose X-Forwarded headers are trusted. */
  trustedProxies?: string[]
  /** Other origins whose pages may call the API. */
  corsOrigins?: string[]
  /** How long a client may take to send a body; by default 20 s of silence and 120 s in all. */
  bodyTimes?: BodyTimes
  /** Requests for what is no contract row, such as pages, from one address in a minute; by default 6,000. */
  otherPerMinute?: number
  /** How names are resolved; by default by the system's DNS. */
  resolve?: Resolve
  /** More that the gateway serves, such as the web app and the pages of the demo. */
  extra?: (router: Router) => void
}
export type Gateway = { url: string; beginShutdown(): void; close(): Promise<void> }

/** Opens the gateway, the only public port of the platform: it authenticates, limits and forwards requests to the services. */
export async function openGateway(runtime: GatewayRuntime): Promise<Gateway> {
  const { keys, settings, signals, log, now } = runtime
  const upstreams = await openUpstreams({ addresses: runtime.upstreams, settings: settings.current, log, resolve: runtime.resolve })
  const streams = openStreams()
  const userUrl = runtime.upstreams.user[0] ?? ''
  const revoked = openRevoked({ userUrl, serviceSecret: runtime.serviceSecret, signals, log, now, onRevoked: streams.endOf })
  const refusals: Record<string, number> = {}
  const countRefusal = (limit: string) => {
    refusals[limit] = (refusals[limit] ?? 0) + 1
  }
  const refusedByLimit = () => Object.values(refusals).reduce((sum, count) => sum + count, 0)
  const own = ownRoutes({ upstreams, since: now(), refusedByLimit })
  const metrics = openMetrics('gateway', settings)
  addMetrics(metrics, upstreams, refusals)
  const server = await listen(
    {
      log,
      metrics,
      metricsPort: runtime.metricsPort,
      health: () => ({
        ready: keys.ready(),
        checks: upstreams.checks(),
        settings: { generation: settings.generation(), uid: settings.uid() },
      }),
      public: true,
      trustedProxies: runtime.trustedProxies,
      fastPath: openFastPath({
        readClaims: openClaims(keys, now),
        originOf: openOrigin(runtime.trustedProxies, runtime.publicUrl),
        serviceSecret: runtime.serviceSecret,
        revoked,
        streams,
        limiter: openLimiter(runtime.redis, log),
        upstreams,
        cors: openCors(runtime.corsOrigins),
        settings: warnOfUnknownRoutes(settings, log),
        botSecret: runtime.botSecret,
        bodyTimes: runtime.bodyTimes ?? bodyTimes,
        otherPerMinute: runtime.otherPerMinute ?? otherPerMinute,
        countRefusal,
      }),
      addRoutes(router) {
        docs(router)
        mount(router, { api: gatewayApi, routes: own }, { authenticate: refuseEnded(authenticate(keys, now), revoked), secrets: {} })
        runtime.extra?.(router)
      },
    },
    runtime.port,
    runtime.host,
  )
  return {
    url: server.url,
    beginShutdown: server.beginShutdown,
    async close() {
      revoked.close()
      await server.close()
      await upstreams.close()
      keys.close()
    },
  }
}

/** The fast path ignores the tokens of ended sessions; the gateway's own routes, which are behind it, refuse them by themselves too. */
const refuseEnded =
  (authenticate: RequestHandler, revoked: Revoked): RequestHandler =>
  (request, response, next) =>
    void authenticate(request, response, (error) =>
      next(error ?? (revoked.has(claimsOf(request).sid) ? new Failure('not_signed_in') : undefined)),
    )

const stateFigures = { closed: 0, 'half-open': 1, open: 2 }

function addMetrics(metrics: ReturnType<typeof openMetrics>, upstreams: Upstreams, refusals: Record<string, number>) {
  const ofServices = (read: (one: ReturnType<Upstreams['of']>) => number) => () =>
    Object.fromEntries(upstreams.all().map((one) => [one.service, read(one)]))
  const breakers = ofServices(({ breaker }) => stateFigures[breaker.state()])
  const up = ofServices(({ instances }) => instances.all().filter((one) => one.state() === 'up').length)
  const help = 'Breaker of each service: 0 closed, 1 half open, 2 open'
  metrics.labelled('gauge', { name: 'repitbot_circuit_breaker_state', help, label: 'upstream', read: breakers })
  metrics.labelled('gauge', {
    name: 'repitbot_upstream_instances_up',
    help: 'Instances of each service that are well',
    label: 'upstream',
    read: up,
  })
  const refused = 'Requests refused by each limit'
  metrics.labelled('counter', { name: 'repitbot_rate_limited_requests_total', help: refused, label: 'limit', read: () => refusals })
}

/** The live settings. A limit on a route that does not exist limits nothing, so it is logged, once for each change of the settings. */
function warnOfUnknownRoutes({ current }: OpenSettings, log: Log) {
  const titles = new Set(routes.map(({ title }) => title))
  let checked: ReturnType<typeof current> | undefined
  return () => {
    const settings = current()
    if (settings === checked) return settings
    checked = settings
    const unknown = settings.rateLimits.routes.map(({ match }) => match).filter((match) => !titles.has(match))
    if (unknown.length) log.warn({ unknown }, 'rateLimits.routes names routes that there are not; the API page lists them all')
    return settings
  }
}
