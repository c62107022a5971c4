import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { type ApiEvent, type ApiObject, type Key, type Objects, openObjects } from './api-objects.ts'

/** What may be done to a request instead of answering it. */
export type Fault = 'drop' | 'hang' | { status: number; retryAfter?: number } | undefined
export type Asked = {
  method: string
  plural: string
  namespace?: string
  name?: string
  sub?: string
  isWatch: boolean
  query: URLSearchParams
}
type Told = { type: string; object: unknown }
type Stream = { asked: Asked; response: ServerResponse; isFrozen: boolean }

/**
 * A Kubernetes API server on loopback, over TLS, as far as a watch, server-side apply, a Lease and events need it - and as ill as a test
 * wants it: dropped and half-open connections, 410, 429, 5xx, everything said twice, a stale list.
 */
export async function openApiServer() {
  const folder = mkdtempSync(join(tmpdir(), 'api-server-'))
  const { key, cert } = certificate(folder)
  const objects = openObjects()
  const sockets = new Set<Socket>()
  const streams = new Set<Stream>()
  const seen = { connections: 0, requests: [] as Asked[] }
  const faults = { of: (_asked: Asked): Fault => undefined, isDoubled: false, absent: new Set<string>() }
  let stale: Pick<Objects, 'list' | 'version'> | undefined

  const tell = (stream: Stream, told: Told) => {
    if (!stream.isFrozen) stream.response.write(`${JSON.stringify(told)}\n`)
  }
  const onEvent = (event: ApiEvent) => {
    for (const stream of streams)
      if (matches(stream.asked, event.plural, event.object))
        for (let time = 0; time < (faults.isDoubled ? 2 : 1); time++) tell(stream, { type: event.type, object: event.object })
  }
  objects.hear(onEvent)

  const watch = (asked: Asked, response: ServerResponse) => {
    const from = asked.query.get('resourceVersion')
    const missed = from === null ? undefined : objects.since(Number(from))
    const stream = { asked, response, isFrozen: false }
    response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders()
    if (from !== null && !missed) {
      tell(stream, { type: 'ERROR', object: { kind: 'Status', code: 410, message: 'too old resource version' } })
      return response.end()
    }
    const events = missed ?? objects.list(asked.plural, asked.namespace).map((object) => ({ type: 'ADDED', object, plural: asked.plural }))
    for (const { type, object, plural } of events) if (matches(asked, plural, object)) tell(stream, { type, object })
    streams.add(stream)
    response.on('close', () => streams.delete(stream))
    const endMs = Number(asked.query.get('timeoutSeconds') ?? 300) * 1000
    setTimeout(() => response.end(), endMs).unref()
  }

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const asked = askedOf(request)
    seen.requests.push(asked)
    const fault = faults.of(asked)
    if (fault === 'hang') return
    if (fault === 'drop') return request.socket.destroy()
    if (fault) {
      if (fault.retryAfter !== undefined) response.setHeader('retry-after', `${fault.retryAfter}`)
      return answer(response, fault.status, status(fault.status, 'as the test wants it'))
    }
    if (faults.absent.has(asked.plural)) return answer(response, 404, status(404, 'the server could not find the requested resource'))
    if (asked.method !== 'GET') return write(objects, asked as Asked & Key, request, response)
    if (asked.isWatch) return watch(asked, response)
    if (!asked.name) return list(stale ?? objects, asked, response)
    const object = objects.get(asked as Asked & Key)
    answer(response, object ? 200 : 404, object ?? status(404, 'not found'))
  }

  const server = createServer({ key, cert }, (request, response) => void serve(request, response).catch(() => response.destroy()))
  server.on('secureConnection', (socket: Socket) => {
    seen.connections++
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const bookmarks = setInterval(() => {
    for (const stream of streams)
      if (stream.asked.query.get('allowWatchBookmarks'))
        tell(stream, { type: 'BOOKMARK', object: { metadata: { resourceVersion: `${objects.version}` } } })
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
    seen,
    openConnections: () => sockets.size,
    watches: () => streams.size,
    dropAll() {
      for (const socket of sockets) socket.destroy()
    },
    /** The open watches stay open and say nothing more, as behind a lost route. */
    freezeWatches() {
      for (const stream of streams) stream.isFrozen = true
    },
    /** Until it is let go, every list is as it was at this moment. */
    holdLists() {
      stale = objects.copy()
      return () => {
        stale = undefined
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
function list(from: Pick<Objects, 'list' | 'version'>, asked: Asked, response: ServerResponse) {
  const { plural, namespace, query } = asked
  const all = from.list(plural, namespace).filter((object) => matches(asked, plural, object))
  const begin = Number(query.get('continue') ?? 0)
  const end = begin + Number(query.get('limit') ?? all.length)
  const metadata = { resourceVersion: `${from.version}`, ...(end < all.length && { continue: `${end}` }) }
  answer(response, 200, { kind: 'List', metadata, items: all.slice(begin, end) })
}

/** POST, PUT and server-side apply, of an object or its status. */
async function write(objects: Objects, asked: Asked & Key, request: IncomingMessage, response: ServerResponse) {
  const body = (await json(request)) as ApiObject
  const target = { ...asked, name: asked.name ?? body.metadata.name }
  const before = objects.get(target)
  if (asked.method === 'POST')
    return answer(response, before ? 409 : 201, before ? status(409, 'already exists') : objects.put(target, body))
  if (asked.method === 'PUT') {
    if (!before) return answer(response, 404, status(404, 'not found'))
    if (body.metadata.resourceVersion !== before.metadata.resourceVersion) return answer(response, 409, status(409, 'modified'))
    return answer(response, 200, objects.replace(target, body))
  }
  if (asked.sub === 'status' && !before) return answer(response, 404, status(404, 'not found'))
  if (body.metadata.uid && before && body.metadata.uid !== before.metadata.uid) return answer(response, 409, status(409, 'another uid'))
  answer(response, before ? 200 : 201, objects.put(target, body))
}

const status = (code: number, message: string) => ({ kind: 'Status', code, message })

function answer(response: ServerResponse, code: number, body: object) {
  response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

/** /api/v1 or /apis/group/version, then maybe namespaces/x, then the plural, a name and a subresource. */
function askedOf(request: IncomingMessage): Asked {
  const url = new URL(request.url ?? '/', 'https://fake')
  const parts = url.pathname.split('/').filter(Boolean)
  const rest = parts.slice(parts[0] === 'api' ? 2 : 3)
  const [namespace, [plural = '', name, sub]] = rest[0] === 'namespaces' ? [rest[1], rest.slice(2)] : [undefined, rest]
  const isWatch = url.searchParams.get('watch') !== null
  return { method: request.method ?? 'GET', plural, namespace, name, sub, isWatch, query: url.searchParams }
}

function matches({ plural, namespace, query }: Asked, of: string, { metadata }: ApiObject): boolean {
  if (plural !== of || (namespace !== undefined && namespace !== metadata.namespace)) return false
  const field = query.get('fieldSelector')
  if (field && field !== `metadata.name=${metadata.name}`) return false
  const [label, value] = query.get('labelSelector')?.split('=') ?? []
  return !label || (value === undefined ? metadata.labels?.[label] !== undefined : metadata.labels?.[label] === value)
}

/** A key and a certificate of its own for 127.0.0.1, which is its authority too. */
function certificate(folder: string): { key: string; cert: string } {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '30']
  const made = spawnSync('openssl', ['req', '-x509', ...kind, ...subject, '-keyout', key, '-out', cert], { encoding: 'utf8' })
  if (made.status !== 0) throw new Error(made.error?.message ?? made.stderr)
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
}
