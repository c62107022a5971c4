import { randomUUIDv7 } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createTerminus } from '@godaddy/terminus'
import express, { type Response, type Router } from 'express'
import { context, withContext } from './context.ts'
import { Failure } from './failure.ts'
import type { Log } from './log.ts'
import type { HouseMetrics } from './metrics.ts'
import { routerOptions } from './mount.ts'
import { answerProblems } from './problem.ts'

export type Check = { state: 'up' | 'down'; latencyMs?: number }
export type Health = {
  ready: boolean
  checks: Record<string, Check>
  /** Which live settings this process has; the operator reads it. */
  settings?: { generation: number; uid: string }
}
export type HttpGround = {
  log: Log
  metrics: HouseMetrics
  /** What the house leans on, as it was last seen; asked often, so it must cost nothing. */
  health: () => Health
  /** A door to the world takes no correlation id from outside. */
  public?: boolean
  /** Networks whose X-Forwarded headers are believed; nobody's are unless said. */
  trustedProxies?: string[]
  fill: (router: Router) => void
}
export type Listening = { url: string; leave(): void; close(): Promise<void> }

const correlationHeader = 'x-correlation-id'
const correlationId = /^[\w-]{8,64}$/

/** Opens the HTTP door: correlation id, access log, metrics, health, the house's routes, problems. Port 0 takes a free one. */
export async function listen(ground: HttpGround, port: number, host = '127.0.0.1'): Promise<Listening> {
  const app = express()
    .disable('x-powered-by')
    .disable('etag')
    .set('trust proxy', ground.trustedProxies?.length ? ground.trustedProxies : false)
  app.set('case sensitive routing', true)
  let leaving = false
  const open = new Set<Response>()
  app.use((request, response, next) => {
    const given = ground.public ? undefined : request.get(correlationHeader)
    const id = given && correlationId.test(given) ? given : randomUUIDv7()
    response.set(correlationHeader, id)
    if (leaving) response.set('connection', 'close')
    withContext({ correlationId: id }, next)
  })
  app.use(access(ground))
  app.use((_request, response, next) => {
    open.add(response)
    response.on('close', () => open.delete(response))
    next()
  })
  app.get('/metrics', async (_request, response) => void response.type(ground.metrics.contentType).send(await ground.metrics.text()))
  const router = express.Router(routerOptions)
  ground.fill(router)
  app.use(router)
  app.use((_request, _response, next) => next(new Failure('not_found')))
  app.use(answerProblems(ground.log))

  const server = createServer({ keepAliveTimeout: 65_000, requestTimeout: 120_000 }, app)
  healthy(server, () => ({ ...ground.health(), ...(leaving && { ready: false }) }))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const { port: taken } = server.address() as AddressInfo
  return {
    url: `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${taken}`,
    leave: () => {
      leaving = true
    },
    close: () => closed(server, open),
  }
}

/** `/health/live` leans on nothing; `/health/ready` is 503 while this process cannot answer; `/health` tells each part. */
function healthy(server: Server, health: () => Health) {
  const told = () => {
    const { ready, checks, settings } = health()
    return { ready, status: Object.values(checks).every(({ state }) => state === 'up') ? 'up' : 'degraded', checks, settings }
  }
  const ready = async () => {
    const seen = told()
    // terminus writes into the object it is handed for a status, so a refusal brings one of its own.
    if (!seen.ready) throw Object.assign(new Error('Not ready'), { statusCode: 503, statusResponse: seen })
    return seen
  }
  const others = new Set(process.listeners('SIGTERM'))
  createTerminus(server, {
    healthChecks: { '/health/live': async () => undefined, '/health/ready': ready, '/health': async () => told(), verbatim: true },
    statusOkResponse: {},
  })
  // terminus takes SIGTERM whatever it is told; how a process ends is decided in one place, run.ts.
  for (const taken of process.listeners('SIGTERM')) if (!others.has(taken)) process.removeListener('SIGTERM', taken)
}

function access({ log, metrics }: HttpGround): express.RequestHandler {
  return (request, response, next) => {
    const begun = performance.now()
    const correlationId = context()?.correlationId
    response.on('close', () => {
      const route = (request.route as { path?: string } | undefined)?.path ?? 'none'
      const ms = performance.now() - begun
      const { method } = request
      const status = response.writableFinished ? response.statusCode : 499
      metrics.answered({ method, route, status }, ms / 1000)
      log.info({ correlationId, method, route, status, ms: Math.round(ms * 10) / 10 }, 'answered')
    })
    next()
  }
}

/** A connection kept alive becomes idle only after its answer, so they are looked for again and again. */
const idleLookMs = 50

/** Stops taking connections, ends streams, which their clients open again elsewhere, lets other answers finish for 10 s, then cuts them. */
async function closed(server: Server, open: Set<Response>) {
  const done = new Promise<void>((resolve) => server.close(() => resolve()))
  for (const response of open) if (String(response.getHeader('content-type')).startsWith('text/event-stream')) response.end()
  const idle = setInterval(() => server.closeIdleConnections(), idleLookMs)
  const cut = setTimeout(() => server.closeAllConnections(), 10_000).unref()
  await done
  clearInterval(idle)
  clearTimeout(cut)
}
