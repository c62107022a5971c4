import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { bearer, lessonList, openAndClose } from './stand-in.ts'

const signIn = 'POST /auth/login HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/json\r\n'
const whole = JSON.stringify({ email: 'somebody@school.test', password: 'a-long-password' })

describe('a client that sends a body slowly', () => {
  const open = openAndClose()
  const start = async (instances = 1) => {
    const asked: string[] = []
    const services = await Promise.all(
      Array.from({ length: instances }, () =>
        open.service((request, response) => {
          request.resume().on('end', () => {
            if (request.method === 'POST') asked.push(request.url ?? '')
            response.setHeader('content-type', 'application/json').end('{}')
          })
        }),
      ),
    )
    const urls = services.map(({ url }) => url)
    const gateway = await open.gateway({
      upstreams: { user: urls, lesson: urls },
      timeoutMs: 200,
      bodyTimes: { silenceMsMax: 600, wholeMsMax: 1_500 },
    })
    const { port } = new URL(gateway.url)
    /** A connection that sends these bytes, and what is answered on it. */
    const send = async (text: string) => {
      const socket = connect(Number(port), '127.0.0.1')
      open.add({ close: async () => void socket.destroy() })
      let answer = ''
      socket.on('error', () => {})
      socket.on('data', (chunk) => {
        answer += chunk.toString()
      })
      await once(socket, 'connect')
      socket.write(text)
      return { socket, ended: once(socket, 'close').then(() => answer) }
    }
    return { gateway, asked, send }
  }
  const stalled = `${signIn}Content-Length: 100\r\n\r\n{"email":`

  for (const instances of [1, 2, 3])
    it(`shuts the service for nobody, however many do so (instances: ${instances})`, async () => {
      const { gateway, send } = await start(instances)
      const slow = await Promise.all(Array.from({ length: 20 }, () => send(stalled)))
      await sleep(500)
      const during = await fetch(`${gateway.url}${lessonList}`, { headers: await bearer('tutor') })
      expect(during.status).to.equal(200)
      for (const answer of await Promise.all(slow.map(({ ended }) => ended)))
        expect(answer)
          .to.match(/^HTTP\/1.1 408 /)
          .and.contain('body_stalled')
      const login = await fetch(`${gateway.url}/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: whole,
      })
      expect(login.status).to.equal(200)
      const states = await fetch(`${gateway.url}/gateway/services`, { headers: await bearer('admin') })
      const user = ((await states.json()) as { service: string; breaker: object }[]).find(({ service }) => service === 'user')
      expect(user?.breaker).to.deep.equal({ state: 'closed', failuresInRow: 0, triesAt: null })
    })

  it('costs the service nothing when it leaves in the middle', async () => {
    const { gateway, asked, send } = await start()
    const leaving = await Promise.all(Array.from({ length: 10 }, () => send(stalled)))
    await sleep(50)
    for (const { socket } of leaving) socket.destroy()
    await sleep(50)
    expect(asked).to.deep.equal([])
    expect((await fetch(`${gateway.url}${lessonList}`, { headers: await bearer('tutor') })).status).to.equal(200)
  })

  it('is served when it is slower than the service may be, as long as something comes', async () => {
    const { asked, send } = await start()
    const { socket, ended } = await send(`${signIn}Connection: close\r\nContent-Length: ${whole.length}\r\n\r\n`)
    await drip(socket, whole, 250)
    expect(await ended).to.match(/^HTTP\/1.1 200 /)
    expect(asked).to.deep.equal(['/auth/login'])
  })

  it('is refused when the whole takes too long, though something comes all the while', async () => {
    const { asked, send } = await start()
    const { socket, ended } = await send(`${signIn}Connection: close\r\nContent-Length: ${whole.length}\r\n\r\n`)
    void drip(socket, whole, 450)
    expect(await ended).to.match(/^HTTP\/1.1 408 /)
    expect(asked).to.deep.equal([])
  })
})

/** Sends a text in five parts, with a wait before each. */
async function drip(socket: Socket, text: string, waitMs: number) {
  const size = Math.ceil(text.length / 5)
  for (let at = 0; at < text.length && !socket.destroyed; at += size) {
    await sleep(waitMs)
    socket.write(text.slice(at, at + size))
  }
}
