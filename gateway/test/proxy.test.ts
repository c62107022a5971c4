import { randomUUIDv7, type UUID } from 'node:crypto'
import { type IncomingMessage, type RequestListener, request, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Problem } from '@repitbot/contracts/client'
import { expect } from 'chai'
import { lessonList, openBefore, serviceSecret, standIn, tokenOf } from './stand-in.ts'

type Answer = (incoming: IncomingMessage, response: ServerResponse) => unknown

describe('the gateway before its services', () => {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })

  /** A gateway with one service that answers by `answer`, and a signed-in client. */
  const before = async (answer: Answer, options: { timeoutMs?: number; second?: RequestListener } = {}) => {
    const services = [
      await standIn((incoming, response) => void answer(incoming, response)),
      ...(options.second ? [await standIn(options.second)] : []),
    ]
    const lines: string[] = []
    const urls = services.map(({ url }) => url)
    const gateway = await openBefore({ upstreams: { lesson: urls, notification: urls }, ...options, logTo: (line) => lines.push(line) })
    closing.push(...services.map(({ close }) => close), gateway.close)
    const authorization = `Bearer ${await tokenOf('admin')}`
    const ask = (path: string, init: RequestInit = {}) =>
      fetch(gateway.url + path, { ...init, headers: { authorization, ...init.headers } })
    return { gateway, services, lines, ask, authorization }
  }
  const codeOf = async (response: Response) => ((await response.json()) as Problem).code

  it('forwards a request and its reply unchanged', async () => {
    let seen: IncomingMessage | undefined
    let body = ''
    const { ask } = await before(async (incoming, response) => {
      seen = incoming
      for await (const chunk of incoming) body += chunk
      response.writeHead(201, { 'content-type': 'application/json', 'x-own': 'kept', 'set-cookie': ['a=1', 'b=2'] }).end('{"word":"слово"}')
    })
    const path = '/api/v1/lessons?x=%D1%8F&y=1+2&y=3'
    const answer = await ask(path, {
      method: 'POST',
      body: '{"a": "б"}',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'k' },
    })
    expect([answer.status, await answer.text(), answer.headers.get('x-own'), answer.headers.getSetCookie()]).to.deep.equal([
      ...[201, '{"word":"слово"}', 'kept', ['a=1', 'b=2']],
    ])
    expect([seen?.url, seen?.method, body, seen?.headers['idempotency-key']]).to.deep.equal([path, 'POST', '{"a": "б"}', 'k'])
  })

  it('sets the client address itself, and gives one correlation id to service, client and log', async () => {
    const seen: IncomingMessage['headers'][] = []
    const { ask, lines } = await before((incoming, response) => {
      seen.push(incoming.headers)
      response.end('{}')
    })
    const forged = {
      'x-client-address': '1.2.3.4',
      'x-forwarded-for': '1.2.3.4',
      'x-correlation-id': randomUUIDv7(),
      'x-service-secret': serviceSecret,
    }
    const answer = await ask(lessonList, { headers: forged })
    expect(seen[0]).to.include({ 'x-client-address': '127.0.0.1', 'x-correlation-id': answer.headers.get('x-correlation-id') })
    expect(seen[0]).not.to.have.any.keys('x-forwarded-for', 'x-service-secret')
    await sleep(20)
    const [line] = lines.map((one) => JSON.parse(one) as Record<string, unknown>).filter(({ msg }) => msg === 'answered')
    expect(line).to.include({ correlationId: answer.headers.get('x-correlation-id'), route: '/api/v1/lessons', status: 200 })
    expect(lines.join()).not.to.include('Bearer')
  })

  it('takes turns between the instances of a service', async () => {
    const answerWith =
      (name: string): RequestListener =>
      (_incoming, response) =>
        response.end(name)
    const { ask } = await before(answerWith('first'), { second: answerWith('second') })
    const answers = await Promise.all(Array.from({ length: 10 }, async () => (await ask(lessonList)).text()))
    expect(answers.filter((name) => name === 'first')).to.have.length(5)
  })

  it('answers 503 within 3 seconds when a service is gone', async () => {
    const { services, ask } = await before((_incoming, response) => response.end('{}'))
    expect((await ask(lessonList)).status).to.equal(200)
    await services[0]?.close()
    const begun = Date.now()
    for (const method of ['GET', 'POST']) {
      const answer = await ask(method === 'GET' ? lessonList : '/api/v1/lessons', { method })
      expect([answer.status, await codeOf(answer)]).to.deep.equal([503, 'unavailable'])
    }
    expect(Date.now() - begun).to.be.below(3_000)
  })

  it('answers 504 when a service does not answer in the time that the settings give it', async () => {
    const { ask } = await before(() => {}, { timeoutMs: 300 })
    const begun = Date.now()
    const answer = await ask(lessonList)
    expect([answer.status, await codeOf(answer)]).to.deep.equal([504, 'upstream_timeout'])
    expect(Date.now() - begun).to.be.within(290, 2_000)
  })

  it('cuts the connection where the answer of a service breaks off, so that it is not taken for complete', async () => {
    const { ask } = await before((_incoming, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"half":')
      setTimeout(() => response.destroy(), 30)
    })
    const read = await ask(lessonList)
      .then((answer) => answer.text())
      .catch(() => 'cut')
    expect(read).to.equal('cut')
  })

  it('repeats a GET once when a service drops it, and never repeats a POST', async () => {
    const counts: Record<string, number> = {}
    const { ask } = await before((incoming, response) => {
      const count = (counts[incoming.method ?? ''] ?? 0) + 1
      counts[incoming.method ?? ''] = count
      if (count === 1) incoming.socket.destroy()
      else response.end('{}')
    })
    expect((await ask(lessonList)).status).to.equal(200)
    const posted = await ask('/api/v1/lessons', { method: 'POST' })
    expect([posted.status, await codeOf(posted)]).to.deep.equal([502, 'upstream_failed'])
    expect(counts).to.deep.equal({ GET: 2, POST: 1 })
  })

  it('refuses a body over its bound, whether its length is declared or counted on the way', async () => {
    let whole = 0
    const { ask, gateway, authorization } = await before((incoming, response) =>
      incoming.resume().on('end', () => whole++ && response.end('{}')),
    )
    const headers = { 'content-type': 'application/json' }
    const declared = await ask('/api/v1/lessons', { method: 'POST', body: 'a'.repeat(300_000), headers })
    expect([declared.status, await codeOf(declared)]).to.deep.equal([413, 'too_large'])
    const sending = request(`${gateway.url}/api/v1/lessons`, { method: 'POST', headers: { ...headers, authorization } })
    const status = new Promise((resolve) =>
      sending.on('response', (answer) => resolve(answer.statusCode)).on('error', () => resolve('cut')),
    )
    for (let kb = 0; kb < 400 && !sending.destroyed; kb += 50) {
      sending.write(Buffer.alloc(50 * 1024, 'a'))
      await sleep(2)
    }
    expect(await status).to.be.oneOf([413, 'cut'])
    sending.destroy()
    expect(whole, 'no service got a whole body').to.equal(0)
  })

  it('passes a stream on as it comes, and ends it in the service when the client disconnects', async () => {
    const ended = Promise.withResolvers<number>()
    const { ask } = await before(
      (incoming, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: first\n\n')
        const later = setTimeout(() => response.write('data: second\n\n'), 400)
        incoming.on('close', () => {
          clearTimeout(later)
          ended.resolve(Date.now())
        })
      },
      { timeoutMs: 200 },
    )
    const leaving = new AbortController()
    const answer = await ask('/api/v1/inbox/stream', { signal: leaving.signal })
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
    const begun = Date.now()
    expect((await reader?.read())?.value).to.equal('data: first\n\n')
    expect(Date.now() - begun, 'at once').to.be.below(150)
    expect((await reader?.read())?.value, 'a quiet stream does not time out').to.equal('data: second\n\n')
    const left = Date.now()
    leaving.abort()
    expect((await ended.promise) - left).to.be.below(1_000)
  })

  it('aborts the request to the service when the client disconnects', async () => {
    const begun = Promise.withResolvers<void>()
    const ended = Promise.withResolvers<void>()
    const { ask, lines } = await before((incoming) => {
      incoming.on('close', ended.resolve)
      begun.resolve()
    })
    const leaving = new AbortController()
    const asking = ask(lessonList, { signal: leaving.signal }).catch(() => 'gone')
    await begun.promise
    leaving.abort()
    expect(await asking).to.equal('gone')
    await ended.promise
    await sleep(20)
    expect(lines.join()).to.include('"status":499')
  })

  it('refuses an ended session from its signal on, and within 5 seconds where the signal was lost', async () => {
    const revoked: UUID[] = []
    const user = await standIn((incoming, response) => {
      const isAllowed = incoming.url === '/service/revocations' ? incoming.headers['x-service-secret'] === serviceSecret : true
      response.writeHead(isAllowed ? 200 : 401).end(JSON.stringify({ sessionIds: revoked }))
    })
    const gateway = await openBefore({ upstreams: { user: [user.url], lesson: [user.url] } })
    closing.push(user.close, gateway.close)
    const [signalled, unsignalled] = [randomUUIDv7(), randomUUIDv7()]
    const status = async (sessionId: UUID) => {
      const authorization = `Bearer ${await tokenOf('admin', sessionId)}`
      return (await fetch(gateway.url + lessonList, { headers: { authorization } })).status
    }
    expect([await status(signalled), await status(unsignalled)]).to.not.include(401)
    gateway.signals.send('sessions.revoked', { sessionIds: [signalled] })
    await sleep(5)
    expect(await status(signalled)).to.equal(401)
    revoked.push(unsignalled)
    const begun = Date.now()
    while ((await status(unsignalled)) !== 401 && Date.now() - begun < 5_000) await sleep(50)
    expect(await status(unsignalled)).to.equal(401)
    await user.close()
    expect(await status(signalled), 'remembered though the user service is down').to.equal(401)
  })

  it('finishes the requests it has before it closes', async () => {
    const begun = Promise.withResolvers<void>()
    const { gateway, ask } = await before((_incoming, response) => {
      begun.resolve()
      setTimeout(() => response.end('{"late":true}'), 200)
    })
    const asking = ask(lessonList)
    await begun.promise
    closing.splice(closing.indexOf(gateway.close), 1)
    gateway.beginShutdown()
    const [answer] = await Promise.all([asking, gateway.close()])
    expect(await answer.text()).to.equal('{"late":true}')
  })
})
