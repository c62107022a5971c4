import { Readable } from 'node:stream'
import type { Endpoint } from '@repitbot/contracts/endpoint'
import { gatewayHeader, secretHeader } from '@repitbot/kit/auth'
import { Failure } from '@repitbot/kit/failure'
import type { Exchange } from '@repitbot/kit/http'
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

export type Forwarded = {
  row: Endpoint
  origin: Origin
  exchange: Exchange
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
export async function forward(upstream: Upstream, asked: Forwarded, onFailure: (failure: Failure) => void): Promise<void> {
  const { instances, breaker, figures } = upstream
  const { row, exchange } = asked
  let body: Body = null
  if (hasBody(exchange.request)) {
    try {
      body = await bodyOf(asked)
    } catch (error) {
      if (error === gone) return
      // What is left of the body would be taken for the next request.
      if (!exchange.request.complete) exchange.head.push('connection', 'close')
      return onFailure(failureOf(error))
    }
  }
  const attempt = (instance: Instance | undefined) =>
    instance ? send(instance, { asked, body, onFailure }) : Promise.reject(new Failure('unavailable'))
  const begun = performance.now()
  try {
    await breaker.run(() => {
      const first = instances.pick()
      const answered = attempt(first)
      if (row.method !== 'get') return answered
      return answered.catch((error: unknown) => {
        if (!isLost(error)) throw error
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

const bodyOf = ({ row: { body }, exchange: { request }, bodyTimes }: Forwarded) =>
  body && 'upload' in body ? uploadOf(request, body.upload.bytesMax, bodyTimes) : readBody(request, bodyTimes)

type Sent = { asked: Forwarded; body: Body; onFailure: (failure: Failure) => void }
/** Sends the request to one instance and its answer to the client; resolves when the answer has begun. */
function send(instance: Instance, { asked, body, onFailure }: Sent) {
  const { row, exchange, timeoutMs, bodyTimes } = asked
  const { request, response } = exchange
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
    exchange.onClose = undefined
    return true
  }
  const fail = (error: Error) => {
    if (!end()) return
    controller?.abort(error)
    if (answering) return error === gone ? undefined : onFailure(failureOf(error))
    if (isFault(error)) instance.failed()
    reject(error)
  }
  if (isStream) exchange.streams.add(response)
  exchange.onClose = () => fail(gone)
  let wholeBytes = Number.NaN
  let timer: NodeJS.Timeout | undefined
  // Covers the whole wait for an answer, also the wait for a free connection, which undici's own timeouts leave out.
  const waitForAnswer = () => {
    if (!answering && !ended) timer = setTimeout(() => fail(new Failure('upstream_timeout')), timeoutMs)
  }
  // While an upload comes it is the client that takes the time, within bounds of its own.
  if (body instanceof Readable) body.once('end', waitForAnswer)
  else waitForAnswer()
  try {
    instance[isStream ? 'streams' : 'pool'].dispatch(
      {
        path: request.url ?? '/',
        method: request.method as Dispatcher.HttpMethod,
        headers: headersOf(asked),
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
          wholeBytes = Number(headers['content-length'])
          response.writeHead(status, headOf(exchange.head, headers))
          if (isStream) response.flushHeaders()
          resolve()
        },
        onResponseData(given, chunk) {
          // A stream that the gateway has ended, while the service does not know it yet.
          if (response.writableEnded) return
          if (wholeBytes === chunk.length) response.end(chunk)
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

type Headers = Record<string, string | string[] | undefined>
/** The headers of an answer, names and values in turn: the service's, and the gateway's where the service says nothing of the same name. What caches must tell apart is told by both. */
function headOf(own: string[], ofService: Headers): string[] {
  const head: (string | string[])[] = []
  for (const name in ofService) if (!dropped.has(name)) head.push(name, ofService[name] ?? '')
  for (let n = 0; n < own.length; n += 2) {
    const name = own[n] ?? ''
    if (!(name in ofService) || dropped.has(name) || name === 'vary') head.push(name, own[n + 1] ?? '')
  }
  // Node takes the lists of a header that comes more than once too, which its types do not say.
  return head as string[]
}

/** The headers of a request for its service, names and values in turn. */
function headersOf({ exchange, row: { who }, origin: { address, scheme }, serviceSecret }: Forwarded): string[] {
  const list: (string | string[])[] = []
  const given = exchange.request.headers
  for (const name in given) {
    if (dropped.has(name) || (name === secretHeader && who !== 'bot')) continue
    list.push(name, given[name] ?? '')
  }
  list.push(gatewayHeader, serviceSecret, 'x-client-address', address)
  list.push('x-forwarded-proto', scheme, 'x-correlation-id', exchange.correlationId)
  return list as string[]
}
