import type { Api, Caller, Endpoint, FileReply, RequestOf, StreamMessage } from '@repitbot/contracts/endpoint'
import express, { type Request, type RequestHandler, type Response, type Router } from 'express'
import { z } from 'zod'
import { claimsOf, gatewayHeader, isSecret, secretHeader } from './auth.ts'
import { readCookie, setCookie } from './cookie.ts'
import type { Database } from './database.ts'
import { Failure } from './failure.ts'
import type { OpenStreams } from './http.ts'
import { runOnce, type Steps, type Work } from './idempotency.ts'
import { parse } from './problem.ts'
import { toStorable } from './storable.ts'

export type MountDeps = {
  authenticate: RequestHandler
  secrets: { service?: string | undefined; bot?: string | undefined }
  /** Where idempotency keys are stored; a process without a database ignores them. */
  database?: Database
}
type AnyRoute = ((request: RequestOf<Endpoint>) => Promise<unknown>) | { prepare: (request: RequestOf<Endpoint>) => Promise<Work> }

const bodyBytesMax = '256kb'

/** Mounts one API table. Each row checks the caller, then the input, then runs its route and strips the reply to the schema. */
export function mount(router: Router, { api, routes }: { api: Api; routes: object }, deps: MountDeps): void {
  for (const [name, row] of Object.entries(api.endpoints)) {
    const route = (routes as Record<string, AnyRoute>)[name]
    if (!route) throw new Error(`${api.prefix} has no route ${name}`)
    const path = (api.prefix + row.path).replace(/(.)\/$/, '$1')
    router[row.method](path, ...accessChecks(row, deps), ...bodyParsers(row), handlerOf(row, route, deps))
  }
}

function accessChecks({ who }: Endpoint, { authenticate, secrets }: MountDeps): RequestHandler[] {
  if (who === 'anyone') return []
  if (typeof who === 'string')
    return [
      (request, _response, next) => next(isSecret(request.get(secretHeader), secrets[who]) ? undefined : new Failure('not_signed_in')),
    ]
  return [authenticate, (request, _response, next) => next(who[claimsOf(request).role] ? undefined : new Failure('forbidden'))]
}

function bodyParsers({ body }: Endpoint): RequestHandler[] {
  if (!(body instanceof z.ZodType)) return []
  const checkType: RequestHandler = (request, _response, next) =>
    next(
      request.headers['content-length'] !== '0' && !request.is('application/json') && hasBody(request)
        ? new Failure('wrong_media_type')
        : undefined,
    )
  return [checkType, express.json({ limit: bodyBytesMax, strict: true, type: 'application/json' })]
}
const hasBody = ({ headers }: Request) => headers['transfer-encoding'] !== undefined || Number(headers['content-length']) > 0

function handlerOf(row: Endpoint, route: AnyRoute, deps: MountDeps): RequestHandler {
  return async (request, response) => {
    const isGateway = isSecret(request.get(gatewayHeader), deps.secrets.service)
    const isHttps = isGateway && request.get('x-forwarded-proto') === 'https'
    const input = readRequest(row, { request, response, isGateway, isHttps })
    const steps = stepsOf(row, route, input)
    const key = row.method === 'post' ? request.get('idempotency-key') : undefined
    const { caller, params, body } = input
    const reply =
      key && caller && deps.database
        ? await runOnce(deps.database, { key, secret: deps.secrets.service, caller, path: request.path, params, body }, steps)
        : await steps.work()
    await send(row, reply, { request, response, isGateway, isHttps })
  }
}

/** The work of a route, its reply checked; with `prepare` where the route has two steps. */
function stepsOf(row: Endpoint, route: AnyRoute, input: RequestOf<Endpoint>): Steps {
  const checked = (work: Work) => async () => checkReply(row, await work())
  if (typeof route === 'function') return { work: checked(() => route(input)) }
  const prepare = async () => checked(await route.prepare(input))
  return { prepare, work: async () => (await prepare())() }
}

/** Only the gateway is believed what it says of the client: its address, and whether it came by https. */
type Exchange = { request: Request; response: Response; isGateway: boolean; isHttps: boolean }

/** Throws `invalid_input` with every field that does not fit the row's schemas, `bad_request` where there is no body. */
function readRequest(row: Endpoint, { request, response, isGateway, isHttps }: Exchange): RequestOf<Endpoint> {
  if (row.body instanceof z.ZodType && !row.cookie && request.body === undefined) throw new Failure('bad_request')
  const aborter = new AbortController()
  response.on('close', () => aborter.abort())
  const { who } = row
  const claims = typeof who === 'string' ? undefined : claimsOf(request)
  const reach = claims && (who as Partial<Record<Caller['role'], Caller['reach']>>)[claims.role]
  const body = row.body instanceof z.ZodType ? { ...readCookie(row, request, isHttps), ...request.body } : undefined
  const sent = row.body instanceof z.ZodType && Array.isArray(request.body) ? request.body : body
  // Who calls a webhook cannot mend what is refused, and would send it again and again.
  const given = row.rate === 'webhook' ? toStorable(sent) : sent
  return {
    params: row.params && parse(row.params, request.params, request),
    query: row.query && parse(row.query, request.query, request),
    headers: row.headers && parse(row.headers, request.headers, request),
    body: row.body instanceof z.ZodType ? parse(row.body, given, request) : undefined,
    caller: claims && reach && { userId: claims.sub, schoolId: claims.school, role: claims.role, sessionId: claims.sid, reach },
    origin: {
      address: (isGateway && request.get('x-client-address')) || (request.socket.remoteAddress ?? ''),
      agent: request.get('user-agent') ?? '',
    },
    lastEventId: request.get('last-event-id'),
    signal: aborter.signal,
  } as RequestOf<Endpoint>
}

/** Strips a reply to its schema. One that does not fit is a bug: it throws, and nothing of it is sent. */
function checkReply(row: Endpoint, reply: unknown): unknown {
  return row.reply instanceof z.ZodType ? row.reply.parse(reply) : reply
}

async function send(row: Endpoint, reply: unknown, { request, response, isHttps }: Exchange) {
  response.status(row.status ?? (row.reply ? 200 : 204)).set('cache-control', 'no-store')
  if (row.reply === 'stream') return sendStream(reply as AsyncIterable<StreamMessage>, response)
  if (row.reply === 'file') return sendFile(reply as FileReply, response)
  const body = row.cookie ? setCookie(row, request, { reply, isHttps, response }) : reply
  if (row.reply) response.json(body)
  else response.end()
}

const keepAliveMs = 15_000

/** Sends server-sent events until either side closes; a comment every 15 s keeps proxies from closing a quiet stream. */
async function sendStream(messages: AsyncIterable<StreamMessage>, response: Response) {
  ;(response.app.locals.streams as OpenStreams).add(response)
  response.set({ 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' })
  response.write(': open\n\n')
  const keepAlive = setInterval(() => response.write(': alive\n\n'), keepAliveMs)
  try {
    for await (const { id, event, data } of messages) {
      if (response.destroyed) break
      response.write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
    }
  } finally {
    clearInterval(keepAlive)
    response.end()
  }
}

function sendFile({ path, name, mediaType }: FileReply, response: Response) {
  response.set({ 'content-type': mediaType, 'x-content-type-options': 'nosniff', 'content-security-policy': 'sandbox' })
  return new Promise<void>((resolve, reject) => response.download(path, name, (error) => (error ? reject(error) : resolve())))
}
