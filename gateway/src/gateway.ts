import { gatewayApi } from '@repitbot/contracts/gateway'
import type { ServiceName } from '@repitbot/contracts/services'
import { authenticate, type Keys } from '@repitbot/kit/auth'
import { listen } from '@repitbot/kit/http'
import type { Log } from '@repitbot/kit/log'
import { openMetrics } from '@repitbot/kit/metrics'
import { mount } from '@repitbot/kit/mount'
import type { OpenSettings } from '@repitbot/kit/settings'
import type { Signals } from '@repitbot/kit/signals'
import type { Router } from 'express'
import type { Redis } from 'ioredis'
import { openClaims } from './claims.ts'
import { openCors } from './cors.ts'
import { docs } from './docs.ts'
import { openFastPath } from './fast-path.ts'
import type { Resolve } from './instances.ts'
import { openLimiter } from './limiter.ts'
import { openOrigin } from './origin.ts'
import { ownRoutes } from './own-routes.ts'
import { openRevoked } from './revoked.ts'
import { routes } from './routes.ts'
import { openUpstreams, type Upstreams } from './upstreams.ts'

export type GatewayRuntime = {
  upstreams: Record<ServiceName, string[]>
  serviceSecret: string
  /** By which the bot is known from a stranger when it is counted. */
  botSecret?: string
  keys: Keys
  settings: OpenSettings
  signals: Signals
  /** Where limits are counted for all gateways together; without it this one counts for itself. */
  redis?: Redis
  now: () => Date
  log: Log
  port: number
  metricsPort?: number
  host?: string
  /** Networks whose X-Forwarded headers are believed. */
  trustedProxies?: string[]
  /** Other origins whose pages may call the API. */
  corsOrigins?: string[]
  /** How names are looked up, unless as everywhere. */
  resolve?: Resolve
  /** More that the door serves, such as the pages of the demo. */
  extra?: (router: Router) => void
}
export type Gateway = { url: string; beginShutdown(): void; close(): Promise<void> }

/** Opens the only public door: who may, how often, which service, there and back. */
export async function openGateway(runtime: GatewayRuntime): Promise<Gateway> {
  const { keys, settings, signals, log, now } = runtime
  const upstreams = await openUpstreams({ addresses: runtime.upstreams, settings: settings.current, log, resolve: runtime.resolve })
  const revoked = openRevoked({ userUrl: runtime.upstreams.user[0] ?? '', serviceSecret: runtime.serviceSecret, signals, log })
  const refusals: Record<string, number> = {}
  const refused = (limit: string) => {
    refusals[limit] = (refusals[limit] ?? 0) + 1
  }
  const refusedByLimit = () => Object.values(refusals).reduce((sum, count) => sum + count, 0)
  const own = ownRoutes({ upstreams, since: now(), refusedByLimit })
  const metrics = openMetrics('gateway', settings)
  metered(metrics, upstreams, refusals)
  const door = await listen(
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
        originOf: openOrigin(runtime.trustedProxies),
        revoked,
        limiter: openLimiter(runtime.redis, log),
        upstreams,
        cors: openCors(runtime.corsOrigins),
        settings: withKnownRoutes(settings, log),
        botSecret: runtime.botSecret,
        refused,
      }),
      addRoutes(router) {
        docs(router)
        mount(router, { api: gatewayApi, routes: own }, { authenticate: authenticate(keys, now), secrets: {} })
        runtime.extra?.(router)
      },
    },
    runtime.port,
    runtime.host,
  )
  return {
    url: door.url,
    beginShutdown: door.beginShutdown,
    async close() {
      revoked.close()
      await door.close()
      await upstreams.close()
      keys.close()
    },
  }
}

const stateFigures = { closed: 0, 'half-open': 1, open: 2 }

function metered(metrics: ReturnType<typeof openMetrics>, upstreams: Upstreams, refusals: Record<string, number>) {
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

/** The live settings; a bound on a route that there is not bounds nothing, and is told once. */
function withKnownRoutes({ current }: OpenSettings, log: Log) {
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
