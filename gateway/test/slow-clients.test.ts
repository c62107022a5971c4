import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Endpoint } from '@repitbot/contracts/endpoint'
import { Settings } from '@repitbot/contracts/settings'
import type { Failure } from '@repitbot/kit/failure'
import { type Exchange, listen } from '@repitbot/kit/http'
import { openLog } from '@repitbot/kit/log'
import { openMetrics } from '@repitbot/kit/metrics'
import { expect } from 'chai'
import { forward } from '../src/forward.ts'
import { openUpstreams } from '../src/upstreams.ts'
import { bearer, lessonList, openAndClose } from './stand-in.ts'

const bodyTimes = { silenceMsMax: 400, wholeMsMax: 1_500 }
/** More than the buffers of the system hold. */
const answer = Buffer.alloc(32 * 1024 * 1024, ' ')

describe('a client that takes an answer slowly', () => {
  const open = openAndClose()
  /** A gateway before a service with a long answer; `sent` counts what the service got rid of, `left` whose connections ended early. */
  const start = async () => {
    const counts = { left: 0, whole: 0 }
    const service = await open.service((_request, response) => {
      response.on('close', () => counts[response.writableFinished ? 'whole' : 'left']++)
      response.writeHead(200, { 'content-type': 'application/json' }).end(answer)
    })
    const gateway = await open.gateway({ upstreams: { lesson: [service.url] }, timeoutMs: 1_000, bodyTimes })
    const { authorization } = await bearer('tutor')
    const ask = async () => {
      const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1')
      open.add({ close: async () => void socket.destroy() })
      await once(socket, 'connect')
      socket.on('error', () => {})
      socket.pause().write(`GET ${lessonList} HTTP/1.1\r\nHost: gateway\r\nAuthorization: ${authorization}\r\nConnection: close\r\n\r\n`)
      return socket
    }
    const breaker = async () => {
      const states = await fetch(`${gateway.url}/gateway/services`, { headers: await bearer('admin') })
      return ((await states.json()) as { service: string; breaker: object }[]).find(({ service }) => service === 'lesson')?.breaker
    }
    return { counts, ask, breaker }
  }

  it('is given up when it takes nothing, gives the connection to the service back, and is no failure of the service', async () => {
    const { counts, ask, breaker } = await start()
    for (let n = 0; n < 6; n++) await ask()
    for (let n = 0; n < 100 && counts.left < 6; n++) await sleep(100)
    expect(counts).to.deep.equal({ left: 6, whole: 0 })
    expect(await breaker()).to.deep.equal({ state: 'closed', failuresInRow: 0, triesAt: null })
  })

  it('gets the whole answer when it is slower than the service may be, as long as it takes something', async () => {
    const { counts, ask, breaker } = await start()
    const socket = await ask()
    let taken = 0
    socket.on('data', (chunk) => {
      taken += chunk.length
    })
    const ended = once(socket, 'close')
    for (let n = 0; n < 8; n++) {
      socket.resume()
      await sleep(10)
      socket.pause()
      await sleep(150)
    }
    socket.resume()
    await ended
    expect(taken).to.be.above(answer.length)
    expect(counts).to.deep.equal({ left: 0, whole: 1 })
    expect(await breaker()).to.deep.equal({ state: 'closed', failuresInRow: 0, triesAt: null })
  })
})

describe('a client that uploads', () => {
  const open = openAndClose()
  const row = { method: 'post', path: '/', who: 'anyone', summary: '', body: { upload: { bytesMax: 1_000 } } } as Endpoint
  /** A server that forwards each request as an upload, since no service takes one yet; `failures` are what the client would be told. */
  const start = async (answer: RequestListener) => {
    const service = await open.service(answer)
    const addresses = { user: [service.url], lesson: [], notification: [], student: [], bot: [] }
    const upstreams = open.add(
      await openUpstreams({ addresses: addresses as never, settings: () => Settings.parse({}), log: openLog('gateway', 'silent') }),
    )
    const failures: string[] = []
    const fastPath = (exchange: Exchange) => {
      const tell = ({ code }: Failure) => {
        failures.push(code)
        exchange.response.writeHead(400).end()
      }
      const origin = { address: '127.0.0.1', scheme: 'http' } as const
      void forward(upstreams.of('user'), { row, origin, exchange, timeoutMs: 200, bodyTimes, serviceSecret: '' }, tell)
    }
    const metrics = openMetrics('gateway', { generation: () => 0, refusals: () => 0 })
    const health = () => ({ ready: true, checks: {} })
    const front = open.add(await listen({ log: openLog('gateway', 'silent'), metrics, health, addRoutes() {}, fastPath }, 0))
    const send = async (...parts: string[]) => {
      const socket = connect(Number(new URL(front.url).port), '127.0.0.1')
      open.add({ close: async () => void socket.destroy() })
      socket.on('error', () => {})
      let answer = ''
      socket.on('data', (chunk) => {
        answer += chunk.toString()
      })
      const ended = once(socket, 'close').then(() => answer)
      await once(socket, 'connect')
      for (const part of parts) {
        socket.write(part)
        await sleep(250)
      }
      return { socket, ended }
    }
    return { failures, send, breaker: upstreams.of('user').breaker }
  }
  const echo: RequestListener = (request, response) => {
    let length = 0
    request.on('data', (chunk) => {
      length += chunk.length
    })
    request.on('end', () => response.end(String(length)))
  }
  const head = 'POST / HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\nContent-Length: 40\r\n\r\n'
  const part = 'x'.repeat(10)

  it('is served when it is slower than the service may be', async () => {
    const { send, failures } = await start(echo)
    const { ended } = await send(head, part, part, part, part)
    expect(await ended).to.match(/200 OK[\s\S]*40$/)
    expect(failures).to.deep.equal([])
  })

  it('costs the service nothing when it stalls, leaves or sends too much', async () => {
    const { send, failures, breaker } = await start(echo)
    for (let n = 0; n < 3; n++) {
      await send(head, part)
      await send(head.replace('40', '4000'), part)
      await send(head.replace('Content-Length: 40', 'Transfer-Encoding: chunked'), `7d0\r\n${'x'.repeat(2_000)}\r\n`)
      const { socket } = await send(head, part)
      socket.destroy()
    }
    for (let n = 0; n < 50 && failures.length < 9; n++) await sleep(100)
    expect(failures.sort()).to.deep.equal([...Array(3).fill('body_stalled'), ...Array(6).fill('too_large')])
    expect([breaker.failuresInRow(), breaker.state()]).to.deep.equal([0, 'closed'])
  })

  it('is the service that fails when it does not answer what has come whole', async () => {
    const { send, failures, breaker } = await start((request) => void request.resume())
    await send(head, part.repeat(4))
    await sleep(100)
    expect(failures).to.deep.equal(['upstream_timeout'])
    expect(breaker.failuresInRow()).to.equal(1)
  })
})
