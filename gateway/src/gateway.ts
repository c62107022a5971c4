import type { Endpoint } from '@repitbot/contracts/endpoint'
import type { HouseName } from '@repitbot/contracts/services'
import { authenticate, claimsOf, type Keys } from '@repitbot/kit/auth'
import { Failure } from '@repitbot/kit/failure'
import { listen } from '@repitbot/kit/http'
import type { Log } from '@repitbot/kit/log'
import { openMetrics } from '@repitbot/kit/metrics'
import type { OpenSettings } from '@repitbot/kit/settings'
import type { Signals } from '@repitbot/kit/signals'
import type { RequestHandler, Router } from 'express'
import { docs } from './docs.ts'
import { proxy } from './proxy.ts'
import { openRevoked, type Revoked } from './revoked.ts'
import { routes } from './routes.ts'
import { openUpstreams } from './upstreams.ts'

export type GatewayGround = {
  upstreams: Record<HouseName, string[]>
  houseSecret: string
  keys: Keys
  settings: OpenSettings
  signals: Signals
  now: () => Date
  log: Log
  port: number
  host?: string
  /** Networks whose X-Forwarded headers are believed. */
  trustedProxies?: string[]
  /** More that the door serves, such as the pages of the demo. */
  extra?: (router: Router) => void
}
export type Gateway = { url: string; leave(): void; close(): Promise<void> }

/** Opens the only public door: who may, which house, there and back. */
export async function openGateway(ground: GatewayGround): Promise<Gateway> {
  const { keys, settings, signals, log, now } = ground
  const upstreams = openUpstreams(ground.upstreams)
  const revoked = openRevoked({ userUrl: ground.upstreams.user[0] ?? '', houseSecret: ground.houseSecret, signals, log })
  const signedIn = authenticate(keys, now)
  const fill = (router: Router) => {
    docs(router)
    ground.extra?.(router)
    for (const { house, path, row } of routes)
      router[row.method](
        path,
        ...admitted(row, signedIn, revoked),
        proxy(upstreams, house, row, () => settings.current().circuitBreaker.timeoutMs),
      )
  }
  await upstreams.look()
  const door = await listen(
    {
      log,
      metrics: openMetrics('gateway', settings),
      health: () => ({
        ready: keys.ready(),
        checks: upstreams.checks(),
        settings: { generation: settings.generation(), uid: settings.uid() },
      }),
      public: true,
      trustedProxies: ground.trustedProxies,
      fill,
    },
    ground.port,
    ground.host,
  )
  return {
    url: door.url,
    leave: door.leave,
    async close() {
      revoked.close()
      await door.close()
      await upstreams.close()
      keys.close()
    },
  }
}

/** The house checks all of it again; here a stranger is turned away before he costs anything. The bot's secret is the house's to know. */
function admitted({ who }: Endpoint, signedIn: RequestHandler, revoked: Revoked): RequestHandler[] {
  if (typeof who === 'string') return []
  const current: RequestHandler = (request, _response, next) => {
    const { sid, role } = claimsOf(request)
    if (revoked.has(sid)) return next(new Failure('not_signed_in'))
    next(who[role] ? undefined : new Failure('forbidden'))
  }
  return [signedIn, current]
}
