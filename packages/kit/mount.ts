import type { Api, Asked, Caller, Endpoint, FileReply, StreamMessage } from '@repitbot/contracts/endpoint'
import express, { type Request, type RequestHandler, type Response, type Router } from 'express'
import { z } from 'zod'
import { claimsOf, isSecret, secretHeader } from './auth.ts'
import { cookieRead, cookieSet } from './cookie.ts'
import type { Database } from './database.ts'
import { Failure } from './failure.ts'
import { once } from './idempotency.ts'
import { parsed } from './problem.ts'

export type MountDeps = {
  authenticate: RequestHandler
  secrets: { service?: string | undefined; bot?: string | undefined }
  /** Where idempotency keys are kept; a process without a database takes none. */
  database?: Database
}
type Route = (asked: Asked<Endpoint>) => Promise<unknown>

const bodyBytesMax = '256kb'

/** Mounts one API table: each row's checks in order (who, input), its route, its reply stripped to the schema. */
export function mount(router: Router, { api, routes }: { api: Api; routes: object }, deps: MountDeps): void {
  for (const [name, row] of Object.entries(api.endpoints)) {
    const route = (routes as Record<string, Route>)[name]
    if (!route) throw new Error(`${api.prefix} has no route ${name}`)
    const path = (api.prefix + row.path).replace(/(.)\/$/, '$1')
    router[row.method](path, ...admissionOf(row, deps), ...bodyParsing(row), handlerOf(row, route, deps))
  }
}

function admissionOf({ who }: Endpoint, { authenticate, secrets }: MountDeps): RequestHandler[] {
  if (who === 'anyone') return []
  if (typeof who === 'string')
    return [
      (request, _response, next) => next(isSecret(request.get(secretHeader), secrets[who]) ? undefined : new Failure('not_signed_in')),
    ]
  return [authenticate, (request, _response, next) => next(who[claimsOf(request).role] ? undefined : new Failure('forbidden'))]
}

function bodyParsing({ body }: Endpoint): RequestHandler[] {
  if (!(body instanceof z.ZodType)) return []
  const typed: RequestHandler = (request, _response, next) =>
    next(
      request.headers['content-length'] !== '0' && !request.is('application/json') && hasBody(request)
        ? new Failure('wrong_media_type')
        : undefined,
    )
  return [typed, express.json({ limit: bodyBytesMax, strict: true, type: 'application/json' })]
}
const hasBody = ({ headers }: Request) => headers['transfer-encoding'] !== undefined || Number(headers['content-length']) > 0

function handlerOf(row: Endpoint, route: Route, deps: MountDeps): RequestHandler {
  return async (request, response) => {
    const asked = askedOf(row, request, response)
    const work = async () => checkReply(row, await route(asked))
    const key = row.method === 'post' ? request.get('idempotency-key') : undefined
    const answer =
      key && asked.caller && deps.database
        ? await once(deps.database, { key, caller: asked.caller, path: request.path, params: asked.params, body: asked.body }, work)
        : await work()
    await send(row, answer, request, response)
  }
}

function askedOf(row: Endpoint, request: Request, response: Response): Asked<Endpoint> {
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  const { who } = row
  const claims = typeof who === 'string' ? undefined : claimsOf(request)
  const reach = claims && (who as Partial<Record<Caller['role'], Caller['reach']>>)[claims.role]
  const body = row.body instanceof z.ZodType ? { ...cookieRead(row, request), ...request.body } : undefined
  const given = row.body instanceof z.ZodType && Array.isArray(request.body) ? request.body : body
  return {
    params: row.params && parsed(row.params, request.params, request),
    query: row.query && parsed(row.query, request.query, request),
    headers: row.headers && parsed(row.headers, request.headers, request),
    body: row.body instanceof z.ZodType ? parsed(row.body, given, request) : undefined,
    caller: claims && reach && { userId: claims.sub, schoolId: claims.school, role: claims.role, sessionId: claims.sid, reach },
    origin: { address: request.get('x-client-address') ?? request.socket.remoteAddress ?? '', agent: request.get('user-agent') ?? '' },
    lastEventId: request.get('last-event-id'),
    signal: gone.signal,
  } as Asked<Endpoint>
}

/** A reply is stripped to its schema; one that does not fit is a bug and leaves nothing. */
function checkReply(row: Endpoint, answer: unknown): unknown {
  return row.reply instanceof z.ZodType ? row.reply.parse(answer) : answer
}

async function send(row: Endpoint, answer: unknown, request: Request, response: Response) {
  response.status(row.status ?? (row.reply ? 200 : 204)).set('cache-control', 'no-store')
  if (row.reply === 'stream') return stream(answer as AsyncIterable<StreamMessage>, response)
  if (row.reply === 'file') return download(answer as FileReply, response)
  const shown = row.cookie ? cookieSet(row, answer, request, response) : answer
  if (row.reply) response.json(shown)
  else response.end()
}

const keepAliveMs = 15_000

/** Server-sent events, until either side ends them; a comment now and then keeps proxies from closing a quiet one. */
async function stream(messages: AsyncIterable<StreamMessage>, response: Response) {
  response.set({ 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' })
  response.write(': open\n\n')
  const alive = setInterval(() => response.write(': alive\n\n'), keepAliveMs)
  try {
    for await (const { id, event, data } of messages) {
      if (response.destroyed) break
      response.write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
    }
  } finally {
    clearInterval(alive)
    response.end()
  }
}

function download({ path, name, mediaType }: FileReply, response: Response) {
  response.set({ 'content-type': mediaType, 'x-content-type-options': 'nosniff', 'content-security-policy': 'sandbox' })
  return new Promise<void>((resolve, reject) => response.download(path, name, (error) => (error ? reject(error) : resolve())))
}
