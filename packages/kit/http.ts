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
  /** What the service depends on, as it was last seen; read often, so it must cost nothing. */
  health: () => Health
  /** Figures are answered on a port of their own where one is given: they are not for whoever reaches the door. */
  metricsPort?: number
  /** A door to the world takes no correlation id from outside. */
  public?: boolean
  /** Networks whose X-Forwarded headers are believed; nobody's are unless said. */
  trustedProxies?: string[]
  fill: (router: Router) => void
  /** Sees each request before the router does, which is costly; what it does not answer itself it hands on, with what was wrong if something was. */
  ahead?: Ahead
}
export type Ahead = (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void
export type Listening = { url: string; leave(): void; close(): Promise<void> }

/** The case of a path counts, which it does not by default; a slash at its end makes no difference. */
export const routerOptions = { caseSensitive: true, strict: false }
const correlationHeader = 'x-correlation-id'
const correlationId = /^[\w-]{8,64}$/

/** Opens the HTTP door: correlation id, access log, metrics, health, the service's routes, problems. Port 0 takes a free one. */
export async function listen(deps: HttpDeps, port: number, host = '127.0.0.1'): Promise<Listening> {
  const app = express()
    .disable('x-powered-by')
    .disable('etag')
    .set('trust proxy', deps.trustedProxies?.length ? deps.trustedProxies : false)
  app.set('case sensitive routing', true)
  const wrong = new WeakMap<IncomingMessage, unknown>()
  app.use((request, _response, next) => next(wrong.get(request)))
  const figures = deps.metricsPort ? express().disable('x-powered-by') : app
  figures.get('/metrics', async (_request, response) => void response.type(deps.metrics.contentType).send(await deps.metrics.text()))
  const router = express.Router(routerOptions)
  deps.fill(router)
  app.use(router)
  app.use((_request, _response, next) => next(new Failure('not_found')))
  app.use(answerProblems(deps.log))

  let leaving = false
  const open = new Set<ServerResponse>()
  const server = createServer({ keepAliveTimeout: 65_000, requestTimeout: 120_000 }, (request, response) => {
    const correlationId = correlationOf(request, deps.public)
    response.setHeader(correlationHeader, correlationId)
    if (leaving) response.setHeader('connection', 'close')
    const begun = performance.now()
    open.add(response)
    response.on('close', () => {
      open.delete(response)
      noteAnswer(deps, { request, response, correlationId, ms: performance.now() - begun })
    })
    const onward = (error?: unknown) => {
      if (error) wrong.set(request, error)
      app(request, response)
    }
    withContext({ correlationId }, () => (deps.ahead ? deps.ahead(request, response, onward) : onward()))
  })
  serveHealth(server, () => ({ ...deps.health(), ...(leaving && { ready: false }) }))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const beside = deps.metricsPort ? figures.listen(deps.metricsPort, host) : undefined
  const { port: taken } = server.address() as AddressInfo
  return {
    url: `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${taken}`,
    leave: () => {
      leaving = true
    },
    close: async () => {
      await closeServer(server, open)
      beside?.close()
    },
  }
}

/** `/health/live` depends on nothing; `/health/ready` is 503 while this process cannot answer; `/health` tells each part. */
function serveHealth(server: Server, health: () => Health) {
  const report = () => {
    const { ready, checks, settings } = health()
    return { ready, status: Object.values(checks).every(({ state }) => state === 'up') ? 'up' : 'degraded', checks, settings }
  }
  const ready = async () => {
    const found = report()
    // terminus writes into the object it is handed for a status, so a refusal brings one of its own.
    if (!found.ready) throw Object.assign(new Error('Not ready'), { statusCode: 503, statusResponse: found })
    return found
  }
  const others = new Set(process.listeners('SIGTERM'))
  createTerminus(server, {
    healthChecks: { '/health/live': async () => undefined, '/health/ready': ready, '/health': async () => report(), verbatim: true },
    statusOkResponse: {},
  })
  // terminus takes SIGTERM whatever it is told; how a process ends is decided in one place, run.ts.
  for (const taken of process.listeners('SIGTERM')) if (!others.has(taken)) process.removeListener('SIGTERM', taken)
}

function correlationOf({ headers }: IncomingMessage, isPublic = false): string {
  const given = isPublic ? undefined : headers[correlationHeader]
  return typeof given === 'string' && correlationId.test(given) ? given : randomUUIDv7()
}

type Answered = { request: IncomingMessage & { route?: { path?: string } }; response: ServerResponse; correlationId: string; ms: number }
/** Called when an answer is over, by its end or because the client has gone away. */
function noteAnswer({ log, metrics }: HttpDeps, { request, response, correlationId, ms }: Answered) {
  const route = request.route?.path ?? 'none'
  const method = request.method ?? ''
  const status = response.writableFinished ? response.statusCode : 499
  metrics.answered({ method, route, status }, ms / 1000)
  log.plain({ correlationId, method, route, status, ms: Math.round(ms * 10) / 10 }, 'answered')
}

/** A connection kept alive becomes idle only after its answer, so they are looked for again and again. */
const idleLookMs = 50

/** Stops taking connections, ends streams, which their clients open again elsewhere, lets other answers finish for 10 s, then cuts them. */
async function closeServer(server: Server, open: Set<ServerResponse>) {
  const done = new Promise<void>((resolve) => server.close(() => resolve()))
  for (const response of open) if (String(response.getHeader('content-type')).startsWith('text/event-stream')) response.end()
  const idle = setInterval(() => server.closeIdleConnections(), idleLookMs)
  const cut = setTimeout(() => server.closeAllConnections(), 10_000).unref()
  await done
  clearInterval(idle)
  clearTimeout(cut)
}
