import type { IncomingMessage, ServerResponse } from 'node:http'
import { PassThrough, type Readable } from 'node:stream'
import type { Endpoint } from '@repitbot/contracts/endpoint'
import { secretHeader } from '@repitbot/kit/auth'
import { context } from '@repitbot/kit/context'
import { Failure } from '@repitbot/kit/failure'
import type { Dispatcher } from 'undici'
import { failureOf, gone, isFault, isLost } from './faults.ts'
import type { Instance } from './instance.ts'
import type { Origin } from './origin.ts'
import type { Upstream } from './upstreams.ts'

/** A JSON body is small; an upload says its own bound. A service may find more to refuse. */
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

export type Asked = { row: Endpoint; origin: Origin; request: IncomingMessage; response: ServerResponse; timeoutMs: number }

/**
 * Hands a request on to its service and the answer back, both as streams. Settles when the answer has begun; what goes wrong later is told to
 * `failed`. A client that goes away ends the service's work on it. A GET whose connection failed is asked once more, of another instance.
 */
export async function forward(upstream: Upstream, asked: Asked, failed: (failure: Failure) => void): Promise<void> {
  const { instances, breaker, figures } = upstream
  const attempt = (instance: Instance | undefined) =>
    instance ? attempted(instance, asked, failed) : Promise.reject(new Failure('unavailable'))
  const begun = performance.now()
  try {
    await breaker.run(() => {
      const first = instances.pick()
      return attempt(first).catch((error: unknown) => {
        if (asked.row.method !== 'get' || !isLost(error)) throw error
        return attempt(instances.pick(first))
      })
    })
    figures.answered(performance.now() - begun)
  } catch (error) {
    if (error === gone) return
    figures.failed()
    failed(failureOf(error))
  }
}

function attempted(instance: Instance, { row, origin, request, response, timeoutMs }: Asked, failed: (failure: Failure) => void) {
  const isStream = row.reply === 'stream'
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  let controller: Dispatcher.DispatchController | undefined
  let answering = false
  let over = false
  instance.busy++
  const end = () => {
    if (over) return false
    over = true
    instance.busy--
    clearTimeout(timer)
    response.off('close', leave)
    return true
  }
  const fail = (error: Error) => {
    if (!end()) return
    controller?.abort(error)
    if (answering) return error === gone ? undefined : failed(failureOf(error))
    if (isFault(error)) instance.failed()
    reject(error)
  }
  const leave = () => fail(gone)
  // The whole wait for an answer, also that for a free connection, which undici does not count.
  const timer = setTimeout(() => fail(new Failure('upstream_timeout')), timeoutMs)
  response.on('close', leave)
  try {
    instance[isStream ? 'streams' : 'pool'].dispatch(
      {
        path: request.url ?? '/',
        method: request.method as Dispatcher.HttpMethod,
        headers: headersOf(request, row, origin),
        body: bodyOf(request, row),
        headersTimeout: 0,
        bodyTimeout: isStream ? 0 : timeoutMs,
      },
      {
        onRequestStart(given) {
          controller = given
          if (over) given.abort(gone)
        },
        onResponseStart(_controller, status, headers) {
          if (status < 200) return
          clearTimeout(timer)
          answering = true
          instance.answered()
          response.statusCode = status
          for (const name in headers) if (!dropped.has(name)) response.setHeader(name, headers[name] as string)
          if (isStream) response.flushHeaders()
          resolve()
        },
        onResponseData(given, chunk) {
          if (Number(response.getHeader('content-length')) === chunk.length) response.end(chunk)
          else if (!response.write(chunk)) {
            given.pause()
            response.once('drain', () => given.resume())
          }
        },
        onResponseEnd() {
          end()
          response.end()
        },
        onResponseError: (_controller, error) => fail(error),
      },
    )
  } catch (error) {
    fail(error as Error)
  }
  return promise
}

function headersOf({ headers: given }: IncomingMessage, { who }: Endpoint, { address, scheme }: Origin) {
  const headers: Record<string, string | string[]> = {}
  for (const name in given) {
    const value = given[name]
    if (value === undefined || dropped.has(name) || (name === secretHeader && who !== 'bot')) continue
    headers[name] = value
  }
  headers['x-client-address'] = address
  headers['x-forwarded-proto'] = scheme
  headers['x-correlation-id'] = context()?.correlationId ?? ''
  return headers
}

/** The body as it comes, cut with `too_large` at its bound; none where the client sent none. */
function bodyOf(request: IncomingMessage, { body }: Endpoint): Readable | null {
  const bytesMax = body && 'upload' in body ? body.upload.bytesMax : bodyBytesMax
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
