import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type { Endpoint } from '@repitbot/contracts/endpoint'
import { gatewayHeader, secretHeader } from '@repitbot/kit/auth'
import { context } from '@repitbot/kit/context'
import { Failure } from '@repitbot/kit/failure'
import type { Dispatcher } from 'undici'
import { type BodyTimes, hasBody, readBody, uploadOf } from './body.ts'
import { failureOf, gone, isFault, isLost } from './faults.ts'
import type { Instance } from './instance.ts'
import type { Origin } from './origin.ts'
import type { Upstream } from './upstreams.ts'

/** Headers of one connection, which are not forwarded (RFC 9110, 7.6.1). */
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
/** Headers that only the gateway may set: a client's own values are dropped. */
const setByGateway = [
  'x-client-address',
  'x-correlation-id',
  'x-forwarded-for',
  'x-forwarded-proto',
  'x-forwarded-host',
  'forwarded',
  gatewayHeader,
]
const dropped = new Set([...hopByHop, ...setByGateway])

export type Exchange = {
  row: Endpoint
  origin: Origin
  request: IncomingMessage
  response: ServerResponse
  timeoutMs: number
  bodyTimes: BodyTimes
  /** Proves to the service that the request came through this gateway. */
  serviceSecret: string
}
type Body = Buffer | Readable | null

/**
 * Forwards a request to its service and the answer back as a stream. A JSON body is read whole first, an upload is a stream. Resolves when
 * the answer has begun; `onFailure` is called for any failure, before or after that. When the client disconnects, or takes nothing of the
 * answer for too long, the request to the service is aborted. A GET whose connection failed is sent once more, to another instance.
 */
export async function forward(upstream: Upstream, exchange: Exchange, onFailure: (failure: Failure) => void): Promise<void> {
  const { instances, breaker, figures } = upstream
  const { row, request, response } = exchange
  let body: Body
  try {
    body = hasBody(request) ? await bodyOf(exchange) : null
  } catch (error) {
    if (error === gone) return
    // What is left of the body would be taken for the next request.
    if (!request.complete) response.setHeader('connection', 'close')
    return onFailure(failureOf(error))
  }
  const attempt = (instance: Instance | undefined) =>
    instance ? send(instance, { ...exchange, body }, onFailure) : Promise.reject(new Failure('unavailable'))
  const begun = performance.now()
  try {
    await breaker.run(() => {
      const first = instances.pick()
      return attempt(first).catch((error: unknown) => {
        if (row.method !== 'get' || !isLost(error)) throw error
        return attempt(instances.pick(first))
      })
    })
    figures.answered(performance.now() - begun)
  } catch (error) {
    if (error === gone) return
    figures.failed()
    onFailure(failureOf(error))
  }
}

const bodyOf = ({ row: { body }, request, bodyTimes }: Exchange) =>
  body && 'upload' in body ? uploadOf(request, body.upload.bytesMax, bodyTimes) : readBody(request, bodyTimes)

function send(instance: Instance, { body, ...exchange }: Exchange & { body: Body }, onFailure: (failure: Failure) => void) {
  const { row, request, response, timeoutMs, bodyTimes } = exchange
  const isStream = row.reply === 'stream'
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  let controller: Dispatcher.DispatchController | undefined
  let answering = false
  let ended = false
  instance.busy++
  const end = () => {
    if (ended) return false
    ended = true
    instance.busy--
    clearTimeout(timer)
    response.off('close', leave)
    return true
  }
  const fail = (error: Error) => {
    if (!end()) return
    controller?.abort(error)
    if (answering) return error === gone ? undefined : onFailure(failureOf(error))
    if (isFault(error)) instance.failed()
    reject(error)
  }
  const leave = () => fail(gone)
  let timer: NodeJS.Timeout | undefined
  // Covers the whole wait for an answer, also the wait for a free connection, which undici's own timeouts leave out.
  const waitForAnswer = () => {
    if (!answering && !ended) timer = setTimeout(() => fail(new Failure('upstream_timeout')), timeoutMs)
  }
  // While an upload comes it is the client that takes the time, within bounds of its own.
  if (body instanceof Readable) body.once('end', waitForAnswer)
  else waitForAnswer()
  response.on('close', leave)
  try {
    instance[isStream ? 'streams' : 'pool'].dispatch(
      {
        path: request.url ?? '/',
        method: request.method as Dispatcher.HttpMethod,
        headers: headersOf(exchange),
        body,
        headersTimeout: 0,
        bodyTimeout: isStream ? 0 : timeoutMs,
      },
      {
        onRequestStart(given) {
          controller = given
          if (ended) given.abort(gone)
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
          // A stream that the gateway has ended, while the service does not know it yet.
          if (response.writableEnded) return
          if (Number(response.getHeader('content-length')) === chunk.length) response.end(chunk)
          else if (!response.write(chunk)) {
            given.pause()
            // A client that takes nothing would keep one of the connections to the service for ever.
            const stalled = setTimeout(() => response.destroy(), bodyTimes.silenceMsMax).unref()
            response.once('drain', () => {
              clearTimeout(stalled)
              given.resume()
            })
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

function headersOf({ request: { headers: given }, row: { who }, origin: { address, scheme }, serviceSecret }: Exchange) {
  const headers: Record<string, string | string[]> = {}
  for (const name in given) {
    const value = given[name]
    if (value === undefined || dropped.has(name) || (name === secretHeader && who !== 'bot')) continue
    headers[name] = value
  }
  headers[gatewayHeader] = serviceSecret
  headers['x-client-address'] = address
  headers['x-forwarded-proto'] = scheme
  headers['x-correlation-id'] = context()?.correlationId ?? ''
  return headers
}
