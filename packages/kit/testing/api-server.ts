import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { type ApiEvent, type ApiObject, type Key, type Objects, openObjects } from './api-objects.ts'

/** What the server may do instead of answering a request as usual. */
export type Fault = 'drop' | 'hang' | { status: number; retryAfter?: number } | undefined
export type ApiRequest = {
  method: string
  plural: string
  namespace?: string
  name?: string
  sub?: string
  isWatch: boolean
  query: URLSearchParams
}
type WatchEvent = { type: string; object: unknown }
type Stream = { call: ApiRequest; response: ServerResponse; isFrozen: boolean }

/**
 * A Kubernetes API server on loopback, over TLS, with what a watch, server-side apply, a Lease and events need. A test can make it fail:
 * dropped and half-open connections, 410, 429, 5xx, every event twice, a stale list.
 */
export async function openApiServer() {
  const folder = mkdtempSync(join(tmpdir(), 'api-server-'))
  const { key, cert } = certificate(folder)
  const objects = openObjects()
  const sockets = new Set<Socket>()
  const streams = new Set<Stream>()
  const received = { connections: 0, requests: [] as ApiRequest[] }
  const faults = { of: (_call: ApiRequest): Fault => undefined, isDoubled: false, absent: new Set<string>() }
  let staleLists: Pick<Objects, 'list' | 'version'> | undefined

  const sendEvent = (stream: Stream, event: WatchEvent) => {
    if (!stream.isFrozen) stream.response.write(`${JSON.stringify(event)}\n`)
  }
  const onEvent = (event: ApiEvent) => {
    for (const stream of streams)
      if (matches(stream.call, event.plural, event.object))
        for (let time = 0; time < (faults.isDoubled ? 2 : 1); time++) sendEvent(stream, { type: event.type, object: event.object })
  }
  objects.listen(onEvent)

  const watch = (call: ApiRequest, response: ServerResponse) => {
    const from = call.query.get('resourceVersion')
    const missed = from === null ? undefined : objects.since(Number(from))
    const stream = { call, response, isFrozen: false }
    response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders()
    if (from !== null && !missed) {
      sendEvent(stream, { type: 'ERROR', object: { kind: 'Status', code: 410, message: 'too old resource version' } })
      return response.end()
    }
    const events = missed ?? objects.list(call.plural, call.namespace).map((object) => ({ type: 'ADDED', object, plural: call.plural }))
    for (const { type, object, plural } of events) if (matches(call, plural, object)) sendEvent(stream, { type, object })
    streams.add(stream)
    response.on('close', () => streams.delete(stream))
    const endMs = Number(call.query.get('timeoutSeconds') ?? 300) * 1000
    setTimeout(() => response.end(), endMs).unref()
  }

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const call = parseRequest(request)
    received.requests.push(call)
    const fault = faults.of(call)
    if (fault === 'hang') return
    if (fault === 'drop') return request.socket.destroy()
    if (fault) {
      if (fault.retryAfter !== undefined) response.setHeader('retry-after', `${fault.retryAfter}`)
      return answer(response, fault.status, status(fault.status, 'as the test wants it'))
    }
    if (faults.absent.has(call.plural)) return answer(response, 404, status(404, 'the server could not find the requested resource'))
    if (call.method !== 'GET') return write(objects, call as ApiRequest & Key, request, response)
    if (call.isWatch) return watch(call, response)
    if (!call.name) return list(staleLists ?? objects, call, response)
    const object = objects.get(call as ApiRequest & Key)
    answer(response, object ? 200 : 404, object ?? status(404, 'not found'))
  }

  const server = createServer({ key, cert }, (request, response) => void serve(request, response).catch(() => response.destroy()))
  server.on('secureConnection', (socket: Socket) => {
    received.connections++
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const bookmarks = setInterval(() => {
    for (const stream of streams)
      if (stream.call.query.get('allowWatchBookmarks'))
        sendEvent(stream, { type: 'BOOKMARK', object: { metadata: { resourceVersion: `${objects.version}` } } })
  }, 200).unref()

  for (const [name, text] of Object.entries({ 'ca.crt': cert, token: 'a-token', namespace: 'school' }))
    writeFileSync(join(folder, name), text)
  return {
    url: `https://127.0.0.1:${port}`,
    host: '127.0.0.1',
    port,
    /** A folder as a pod has it: ca.crt, token, namespace. */
    account: folder,
    ca: cert,
    objects,
    faults,
    received,
    openConnections: () => sockets.size,
    watches: () => streams.size,
    dropAll() {
      for (const socket of sockets) socket.destroy()
    },
    /** The open watches stay open and send nothing more, as when the route to the server is lost. */
    freezeWatches() {
      for (const stream of streams) stream.isFrozen = true
    },
    /** Every list shows the state of this moment, until the returned function is called. */
    holdLists() {
      staleLists = objects.copy()
      return () => {
        staleLists = undefined
      }
    },
    async close() {
      clearInterval(bookmarks)
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
export type ApiServer = Awaited<ReturnType<typeof openApiServer>>

/** One page of a list. */
function list(from: Pick<Objects, 'list' | 'version'>, call: ApiRequest, response: ServerResponse) {
  const { plural, namespace, query } = call
  const all = from.list(plural, namespace).filter((object) => matches(call, plural, object))
  const begin = Number(query.get('continue') ?? 0)
  const end = begin + Number(query.get('limit') ?? all.length)
  const metadata = { resourceVersion: `${from.version}`, ...(end < all.length && { continue: `${end}` }) }
  answer(response, 200, { kind: 'List', metadata, items: all.slice(begin, end) })
}

/** POST, PUT and server-side apply, of an object or its status. */
async function write(objects: Objects, call: ApiRequest & Key, request: IncomingMessage, response: ServerResponse) {
  const body = (await json(request)) as ApiObject
  const target = { ...call, name: call.name ?? body.metadata.name }
  const before = objects.get(target)
  if (call.method === 'POST')
    return answer(response, before ? 409 : 201, before ? status(409, 'already exists') : objects.put(target, body))
  if (call.method === 'PUT') {
    if (!before) return answer(response, 404, status(404, 'not found'))
    if (body.metadata.resourceVersion !== before.metadata.resourceVersion) return answer(response, 409, status(409, 'modified'))
    return answer(response, 200, objects.replace(target, body))
  }
  if (call.sub === 'status' && !before) return answer(response, 404, status(404, 'not found'))
  if (body.metadata.uid && before && body.metadata.uid !== before.metadata.uid) return answer(response, 409, status(409, 'another uid'))
  answer(response, before ? 200 : 201, objects.put(target, body))
}

const status = (code: number, message: string) => ({ kind: 'Status', code, message })

function answer(response: ServerResponse, code: number, body: object) {
  response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

/** Parses /api/v1 or /apis/group/version, then optionally namespaces/x, then the plural, a name and a subresource. */
function parseRequest(request: IncomingMessage): ApiRequest {
  const url = new URL(request.url ?? '/', 'https://fake')
  const parts = url.pathname.split('/').filter(Boolean)
  const rest = parts.slice(parts[0] === 'api' ? 2 : 3)
  const [namespace, [plural = '', name, sub]] = rest[0] === 'namespaces' ? [rest[1], rest.slice(2)] : [undefined, rest]
  const isWatch = url.searchParams.get('watch') !== null
  return { method: request.method ?? 'GET', plural, namespace, name, sub, isWatch, query: url.searchParams }
}

function matches({ plural, namespace, query }: ApiRequest, of: string, { metadata }: ApiObject): boolean {
  if (plural !== of || (namespace !== undefined && namespace !== metadata.namespace)) return false
  const field = query.get('fieldSelector')
  if (field && field !== `metadata.name=${metadata.name}`) return false
  const [label, value] = query.get('labelSelector')?.split('=') ?? []
  return !label || (value === undefined ? metadata.labels?.[label] !== undefined : metadata.labels?.[label] === value)
}

/** Makes a key and a self-signed certificate for 127.0.0.1. */
function certificate(folder: string): { key: string; cert: string } {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '30']
  const openssl = spawnSync('openssl', ['req', '-x509', ...kind, ...subject, '-keyout', key, '-out', cert], { encoding: 'utf8' })
  if (openssl.status !== 0) throw new Error(openssl.error?.message ?? openssl.stderr)
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
}
