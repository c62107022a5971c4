import { PassThrough, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Endpoint } from '@repitbot/contracts/endpoint'
import type { HouseName } from '@repitbot/contracts/services'
import { secretHeader } from '@repitbot/kit/auth'
import { context } from '@repitbot/kit/context'
import { Failure } from '@repitbot/kit/failure'
import type { Request, RequestHandler, Response } from 'express'
import type { Dispatcher } from 'undici'
import type { Upstreams } from './upstreams.ts'

/** A JSON body is small; an upload says its own bound. A house may find more to refuse. */
const bodyBytesMax = 256 * 1024
/** What belongs to one connection, and what only the gateway may say of a client. */
const hopByHop = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
  'host',
]
const oursToSay = ['x-client-address', 'x-correlation-id', 'x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host', 'forwarded']
const dropped = new Set([...hopByHop, ...oursToSay])

/** Hands a request on to its house and the answer back, both as streams. A client that goes away ends the house's work on it. */
export function proxy(upstreams: Upstreams, house: HouseName, row: Endpoint, timeoutMs: () => number): RequestHandler {
  const bytesMax = row.body && 'upload' in row.body ? row.body.upload.bytesMax : bodyBytesMax
  return async (request, response) => {
    const gone = new AbortController()
    response.on('close', () => gone.abort())
    const send = () =>
      upstreams.pool(house, row.reply === 'stream' ? 'stream' : undefined).request({
        path: request.originalUrl,
        method: request.method as Dispatcher.HttpMethod,
        headers: headersOf(request, row),
        body: bodyOf(request, bytesMax),
        headersTimeout: timeoutMs(),
        bodyTimeout: row.reply === 'stream' ? 0 : timeoutMs(),
        signal: gone.signal,
      })
    try {
      const answer = await send().catch((error: unknown) => {
        if (request.method === 'GET' && isReset(error) && !gone.signal.aborted) return send()
        throw error
      })
      await handedBack(answer, response)
    } catch (error) {
      if (gone.signal.aborted) return
      throw failureOf(error)
    }
  }
}

function headersOf(request: Request, { who }: Endpoint): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {}
  for (const [name, value] of Object.entries(request.headers)) {
    if (value === undefined || dropped.has(name) || (name === secretHeader && who !== 'bot')) continue
    headers[name] = value
  }
  headers['x-client-address'] = request.ip ?? ''
  headers['x-forwarded-proto'] = request.protocol
  headers['x-correlation-id'] = context()?.correlationId ?? ''
  return headers
}

/** The body as it comes, cut with `too_large` at its bound; none where the client sent none. */
function bodyOf(request: Request, bytesMax: number): Readable | null {
  const length = request.headers['content-length']
  if (length === undefined && request.headers['transfer-encoding'] === undefined) return null
  if (length === '0') return null
  if (Number(length) > bytesMax) throw new Failure('too_large')
  if (length !== undefined) return request
  let bytes = 0
  const counted = new PassThrough({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      done(bytes > bytesMax ? new Failure('too_large') : null, chunk)
    },
  })
  request.on('error', (error) => counted.destroy(error))
  // The rest is read to nowhere: left unread, it would keep the connection from ever being seen to end.
  counted.on('error', () => request.resume())
  return request.pipe(counted)
}

async function handedBack({ statusCode, headers, body }: Dispatcher.ResponseData, response: Response) {
  response.status(statusCode)
  for (const [name, value] of Object.entries(headers)) if (value !== undefined && !dropped.has(name)) response.set(name, value)
  response.flushHeaders()
  await pipeline(body, response)
}

const codeOf = (error: unknown) => (error as { code?: string }).code ?? ''
const isReset = (error: unknown) => ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(codeOf(error))
const notThere = [
  'ECONNREFUSED',
  'UND_ERR_CONNECT_TIMEOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_DESTROYED',
  'UND_ERR_CLOSED',
]

function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error
  const code = codeOf(error)
  if (notThere.includes(code)) return new Failure('unavailable', {}, { cause: error })
  if (['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'].includes(code)) return new Failure('upstream_timeout', {}, { cause: error })
  return new Failure('upstream_failed', {}, { cause: error })
}
