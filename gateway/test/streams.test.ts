import { randomUUIDv7 } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { openAndClose, tokenOf } from './stand-in.ts'

const path = '/api/v1/inbox/stream'

describe('the open streams of a person', () => {
  const open = openAndClose()
  /** A gateway before a service that says something every 10 ms; `open` are the streams that the service still has. */
  const start = async () => {
    const atService = new Set<ServerResponse>()
    const service = await open.service((_request, response) => {
      atService.add(response)
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('event: inbox\ndata: 0\n\n')
      const timer = setInterval(() => response.write('event: inbox\ndata: {}\n\n'), 10)
      response.on('close', () => {
        clearInterval(timer)
        atService.delete(response)
      })
    })
    const gateway = await open.gateway({ upstreams: { notification: [service.url] } })
    const listen = async (sessionId: string = randomUUIDv7(), userId?: string) => {
      const leaving = new AbortController()
      open.add({ close: async () => leaving.abort() })
      const authorization = `Bearer ${await tokenOf('parent', sessionId, userId)}`
      const answer = await fetch(gateway.url + path, { headers: { authorization }, signal: leaving.signal })
      let ended = false
      const reading = answer
        .text()
        .catch(() => {})
        .then(() => (ended = true))
      return { status: answer.status, reading, hasEnded: () => ended, leave: () => leaving.abort() }
    }
    return { gateway, listen, atService }
  }

  it('end with their session at once, and those of other sessions go on', async () => {
    const { gateway, listen, atService } = await start()
    const [ending, other] = [randomUUIDv7(), randomUUIDv7()]
    const userId = randomUUIDv7()
    const streams = [await listen(ending, userId), await listen(ending, userId), await listen(other, userId)]
    gateway.signals.send('sessions.revoked', { sessionIds: [ending] })
    await Promise.race([Promise.all(streams.slice(0, 2).map(({ reading }) => reading)), sleep(2_000)])
    expect(streams.map(({ hasEnded }) => hasEnded())).to.deep.equal([true, true, false])
    await sleep(100)
    expect(atService.size, 'the service is told too').to.equal(1)
    expect((await listen(ending, userId)).status).to.equal(401)
  })

  it('are six at most: one more ends the oldest, and only theirs', async () => {
    const { listen, atService } = await start()
    const userId = randomUUIDv7()
    const other = await listen()
    const streams = []
    for (let n = 0; n < 6; n++) streams.push(await listen(undefined, userId))
    await sleep(50)
    expect(streams.map(({ hasEnded }) => hasEnded())).to.deep.equal(Array(6).fill(false))
    streams[3]?.leave()
    await streams[3]?.reading
    await sleep(50)
    streams.push(await listen(undefined, userId), await listen(undefined, userId))
    await streams[0]?.reading
    await sleep(100)
    expect(streams.map(({ hasEnded }) => hasEnded())).to.deep.equal([true, false, false, true, false, false, false, false])
    expect([other.hasEnded(), atService.size]).to.deep.equal([false, 7])
  })

  it('end at once when the gateway closes: the clients open them again at another', async () => {
    const { gateway, listen } = await start()
    const stream = await listen()
    const begun = performance.now()
    gateway.beginShutdown()
    await gateway.close()
    await stream.reading
    expect(performance.now() - begun).to.be.below(2_000)
  })
})
