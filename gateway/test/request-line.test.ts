import { randomUUIDv7 } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { expect } from 'chai'
import { bearer, openAndClose, tokenOf } from './stand-in.ts'

/** The answer to a request line that fetch would not send. */
async function raw(origin: string, line: string, headers: Record<string, string> = {}): Promise<string> {
  const { hostname, port } = new URL(origin)
  const socket = connect(Number(port), hostname)
  let answer = ''
  socket.on('data', (chunk) => {
    answer += chunk.toString()
  })
  const all = Object.entries({ host: 'gateway', connection: 'close', ...headers })
  socket.write(`${line} HTTP/1.1\r\n${all.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`)
  await once(socket, 'close')
  return answer
}

describe('a request line', () => {
  const open = openAndClose()

  for (const line of [
    'GET http://gateway/gateway/services',
    'POST http://gateway/gateway/services/lesson/reset',
    'GET http://gateway/health',
  ])
    it(`with a whole address is refused, so that nothing goes past the limits: ${line}`, async () => {
      const gateway = await open.gateway()
      expect(await raw(gateway.url, line, await bearer())).to.match(/^HTTP\/1.1 400 /)
    })

  it("reaches the gateway's own routes with no token of an ended session, by whatever form", async () => {
    const gateway = await open.gateway()
    const sid = randomUUIDv7()
    const headers = { authorization: `Bearer ${await tokenOf('admin', sid)}` }
    expect(await raw(gateway.url, 'GET /gateway/services', headers)).to.match(/^HTTP\/1.1 200 /)
    gateway.signals.send('sessions.revoked', { sessionIds: [sid] })
    await new Promise((resolve) => setTimeout(resolve, 50))
    for (const line of ['GET /gateway/services', 'GET http://gateway/gateway/services'])
      expect(await raw(gateway.url, line, headers), line).to.match(/^HTTP\/1.1 40[01] /)
  })
})
