import { randomUUIDv7 } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createTerminus } from '@godaddy/terminus'
import express, { type Router } from 'express'
import { withContext } from './context.ts'
import { Failure } from './failure.ts'
import type { Log } from './log.ts'
import type { ServiceMetrics } from './metrics.ts'
import { answerProblems } from './problem.ts'

export type Check = { state: 'up' | 'down'; latencyMs?: number }
export type Health = {
  ready: boolean
  checks: Record<string, Check>
  /** Which live settings this process has; the operator reads it. */
  settings?: { generation: number; uid: string }
}
export type HttpDeps = {
  log: Log
  metrics: ServiceMetrics
  /** The state of what the service depends on, as last probed; read often, so it must cost nothing. */
  health: () => Health
  /** A port for metrics alone, so that they are not open to everyone who can reach the API. */
  metricsPort?: number
  /** A public server ignores the correlation ids that clients send. */
  public?: boolean
  /** Networks whose X-Forwarded headers are trusted; none by default. */
  trustedProxies?: string[]
  addRoutes: (router: Router) => void
  /** Gets each request before Express, which is costly. For what it does not answer itself it calls `next`, with the error if there is one. */
  fastPath?: FastPath
}
export type FastPath = (exchange: Exchange, next: (error?: unknown) => void) => void
export type OpenStreams = Set<ServerResponse>
/** A request and the answer to it. */
export type Exchange = {
  request: IncomingMessage
  response: ServerResponse
  correlationId: string
  /** Headers that every answer to this request has: names and values in turn. Who answers without Express writes them with `writeHead`, which costs far less than `setHeader`. */
  head: string[]
  /** The path in the contract, for the log and the metrics; Express sets it where Express answers. */
  route: string | undefined
  /** The open streams of the server, which it ends when it shuts down: their clients open them again on another instance. */
  streams: OpenStreams
  /** Called when the answer was sent, or the client closed the connection before that. */
  onClose: (() => void) | undefined
}
export type HttpServer = { url: string; beginShutdown(): void; close(): Promise<void> }

/** Upper and lower case in a path differ, which is not the default; a slash at its end makes no difference. */
export const routerOptions = { caseSensitive: true, strict: false }
/** Longer than a load balancer keeps an idle connection (Google Cloud: 600 s), so that it is never the one who finds it closed. */
const keepAliveMs = 620_000
const correlationHeader = 'x-correlation-id'
const correlationId = /^[\w-]{8,64}$/

/** Opens the HTTP server: correlation id, access log, metrics, health checks, the routes, problems. Port 0 takes a free port. */
export async function listen(deps: HttpDeps, port: number, host = '127.0.0.1'): Promise<HttpServer> {
  const app = express()
    .disable('x-powered-by')
    .disable('etag')
    .set('trust proxy', deps.trustedProxies?.length ? deps.trustedProxies : false)
  app.set('case sensitive routing', true)
  const errors = new WeakMap<IncomingMessage, unknown>()
  app.use((request, _response, next) => next(errors.get(request)))
  const metricsApp = deps.metricsPort ? express().disable('x-powered-by') : app
  metricsApp.get('/metrics', async (_request, response) => void response.type(deps.metrics.contentType).send(await deps.metrics.text()))
  const router = express.Router(routerOptions)
  deps.addRoutes(router)
  app.use(router)
  app.use((_request, _response, next) => next(new Failure('not_found')))
  app.use(answerProblems(deps.log))

  let shuttingDown = false
  // Streams alone, not every answer that is under way: what stands in a Set that is written with each request outlives it (adr/0038).
  const streams: OpenStreams = new Set()
  app.locals.streams = streams
  const options = { keepAliveTimeout: keepAliveMs, requestTimeout: 120_000, optimizeEmptyRequests: true }
  const server = createServer(options, (request, response) => {
    const correlationId = correlationOf(request, deps.public)
    const head = [correlationHeader, correlationId]
    if (shuttingDown) head.push('connection', 'close')
    const exchange: Exchange = { request, response, correlationId, head, route: undefined, streams, onClose: undefined }
    const startedAt = performance.now()
    response.on('close', () => {
      if (streams.size) streams.delete(response)
      exchange.onClose?.()
      recordResponse(deps, exchange, performance.now() - startedAt)
    })
    const next = (error?: unknown) => {
      if (error) errors.set(request, error)
      if (!response.headersSent) for (let n = 0; n < head.length; n += 2) response.setHeader(head[n] ?? '', head[n + 1] ?? '')
      withContext({ correlationId }, () => app(request, response))
    }
    if (deps.fastPath) deps.fastPath(exchange, next)
    else next()
  })
  serveHealth(server, () => ({ ...deps.health(), ...(shuttingDown && { ready: false }) }))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const metricsServer = deps.metricsPort ? metricsApp.listen(deps.metricsPort, host) : undefined
  const { port: taken } = server.address() as AddressInfo
  return {
    url: `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${taken}`,
    beginShutdown: () => {
      shuttingDown = true
    },
    close: async () => {
      await closeServer(server, streams)
      metricsServer?.close()
    },
  }
}

/** `/health/live` depends on nothing; `/health/ready` is 503 while this process cannot serve; `/health` reports each check. */
function serveHealth(server: Server, health: () => Health) {
  const report = () => {
    const { ready, checks, settings } = health()
    const status = Object.values(checks).every(({ state }) => state === 'up') ? 'up' : 'degraded'
    // The version of the time zones, by which lessons are planned.
    return { ready, status, checks, settings, tz: process.versions.tz }
  }
  const ready = async () => {
    const current = report()
    // terminus changes the object that it answers with, so a refusal needs an object of its own.
    if (!current.ready) throw Object.assign(new Error('Not ready'), { statusCode: 503, statusResponse: current })
    return current
  }
  const before = new Set(process.listeners('SIGTERM'))
  createTerminus(server, {
    healthChecks: { '/health/live': async () => undefined, '/health/ready': ready, '/health': async () => report(), verbatim: true },
    statusOkResponse: {},
  })
  // terminus listens to SIGTERM whatever its options say; how a process ends is decided in one place, run.ts.
  for (const added of process.listeners('SIGTERM')) if (!before.has(added)) process.removeListener('SIGTERM', added)
}

function correlationOf({ headers }: IncomingMessage, isPublic = false): string {
  const given = isPublic ? undefined : headers[correlationHeader]
  return typeof given === 'string' && correlationId.test(given) ? given : randomUUIDv7()
}

/** Called when a response ends, whether it was sent whole or the client closed the connection (499). */
function recordResponse({ log, metrics }: HttpDeps, { request, response, correlationId, route }: Exchange, ms: number) {
  const answered = {
    correlationId,
    method: request.method ?? '',
    route: route ?? String((request as { route?: { path?: string | string[] } }).route?.path ?? 'none'),
    status: response.writableFinished ? response.statusCode : 499,
  }
  metrics.observeResponse(answered, ms / 1000)
  log.answered(answered, ms)
}

/** A connection that is kept alive becomes idle only after its response, so idle ones are closed again and again. */
const idleCheckMs = 50

/** Accepts no new connections, ends streams (clients open them again on another instance), lets other responses finish for 10 s, then closes all. */
async function closeServer(server: Server, streams: OpenStreams) {
  const done = new Promise<void>((resolve) => server.close(() => resolve()))
  for (const stream of streams) stream.end()
  const idle = setInterval(() => server.closeIdleConnections(), idleCheckMs)
  const closeAll = setTimeout(() => server.closeAllConnections(), 10_000).unref()
  await done
  clearInterval(idle)
  clearTimeout(closeAll)
}
