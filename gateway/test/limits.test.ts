import { randomUUIDv7 } from 'node:crypto'
import type { Problem } from '@repitbot/contracts/client'
import { openLog } from '@repitbot/kit/log'
import { openRedis } from '@repitbot/kit/redis'
import { storeUrls } from '@repitbot/kit/testing/stores'
import { expect } from 'chai'
import { bearer, lessonList, openAndClose } from './stand-in.ts'

const botSecret = 'a-bot-secret-of-stand-ins'
const tight = { perMinute: 4, anonymousPerMinute: 3, botPerMinute: 6, byRole: { tutor: 5 }, byClass: { write: 2, 'sign-in': 1 } }

describe('the number of requests of a client', () => {
  const open = openAndClose()
  const start = async (rateLimits: object = tight, more: object = {}) => {
    const service = await open.service((_request, response) => response.end('{}'))
    const upstreams = { lesson: [service.url], user: [service.url], notification: [service.url] }
    const gateway = await open.gateway({ upstreams, settings: { rateLimits }, botSecret, ...more })
    const ask = (path = lessonList, init: RequestInit = {}) => fetch(gateway.url + path, init)
    /** The statuses of `count` requests, one after the other. */
    const statuses = async (count: number, path?: string, init?: RequestInit) => {
      const seen: number[] = []
      for (let n = 0; n < count; n++) seen.push((await ask(path, init)).status)
      return seen
    }
    return { gateway, ask, statuses }
  }
  const ok = (count: number, status = 200) => Array<number>(count).fill(status)

  it('is limited for each person over all sessions, and by role where the settings say so', async () => {
    const { statuses } = await start()
    const userId = randomUUIDv7()
    const [one, two] = [await bearer('admin', userId), await bearer('admin', userId)]
    expect(await statuses(3, lessonList, { headers: one })).to.deep.equal(ok(3))
    expect(await statuses(3, lessonList, { headers: two })).to.deep.equal([200, 429, 429])
    expect(await statuses(6, lessonList, { headers: await bearer('tutor') })).to.deep.equal([...ok(5), 429])
  })

  it('is limited for an address that is not signed in, though it sends another invalid token each time', async () => {
    const { ask } = await start()
    const seen: number[] = []
    for (let n = 0; n < 5; n++) seen.push((await ask(lessonList, { headers: { authorization: `Bearer nonsense-${n}` } })).status)
    expect(seen).to.deep.equal([401, 401, 401, 429, 429])
  })

  it('has a bound of its own for webhooks, apart from other requests of the same address', async () => {
    const { statuses } = await start({ ...tight, byClass: { webhook: 5 } })
    const brought = await statuses(6, '/telegram/webhook', { method: 'POST' })
    expect(brought.filter((status) => status === 429)).to.have.length(1)
    expect(await statuses(1)).to.deep.equal([401])
  })

  it('is limited by kind of request and by route, within the whole', async () => {
    const { statuses, ask } = await start({ ...tight, perMinute: 100, routes: [{ match: 'GET /api/v1/lessons', perMinute: 3 }] })
    const headers = await bearer()
    expect(await statuses(4, '/api/v1/lessons', { method: 'POST', headers })).to.deep.equal([200, 200, 429, 429])
    expect(await statuses(5, lessonList, { headers })).to.deep.equal([...ok(3), 429, 429])
    expect((await ask('/api/v1/lesson-policy', { headers })).status, 'another route').to.equal(200)
    expect(await statuses(2, '/auth/login', { method: 'POST' })).to.deep.equal([200, 429])
  })

  it('is shown in the RateLimit headers, and a refusal says how long to wait', async () => {
    const { ask } = await start()
    const headers = await bearer('parent')
    const first = await ask(lessonList, { headers })
    expect(first.headers.get('ratelimit-policy')).to.equal('"client";q=4;w=60')
    expect(first.headers.get('ratelimit')).to.match(/^"client";r=3;t=[56]\d$/)
    for (let n = 0; n < 3; n++) await ask(lessonList, { headers })
    const refused = await ask(lessonList, { headers })
    const problem = (await refused.json()) as Problem & { with: object }
    expect([refused.status, refused.headers.get('content-type'), problem.code]).to.deep.equal([
      ...[429, 'application/problem+json; charset=utf-8', 'too_many_requests'],
    ])
    expect(problem.with).to.deep.equal({ limit: 'client', perMinute: 4 })
    expect(Number(refused.headers.get('retry-after'))).to.be.within(50, 60)
    expect(refused.headers.get('ratelimit')).to.match(/^"client";r=0;t=/)
    expect(refused.headers.get('x-correlation-id')).to.equal(problem.correlationId)
  })

  it('counts a stream once, however long it lasts', async () => {
    const service = await open.service((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      for (let n = 0; n < 20; n++) response.write(`data: ${n}\n\n`)
      response.end()
    })
    const gateway = await open.gateway({ upstreams: { notification: [service.url] }, settings: { rateLimits: tight } })
    const answer = await fetch(`${gateway.url}/api/v1/inbox/stream`, { headers: await bearer() })
    expect((await answer.text()).match(/data/g)).to.have.length(20)
    expect(answer.headers.get('ratelimit')).to.match(/r=3;/)
  })

  it('follows a changed limit while the gateway runs, and keeps its count', async () => {
    const { gateway, statuses } = await start()
    const headers = await bearer()
    expect(await statuses(5, lessonList, { headers })).to.deep.equal([...ok(4), 429])
    gateway.change({ rateLimits: { ...tight, perMinute: 6 } })
    expect(await statuses(3, lessonList, { headers })).to.deep.equal([200, 200, 429])
    gateway.change({ rateLimits: { ...tight, perMinute: 2 } })
    expect(await statuses(1, lessonList, { headers })).to.deep.equal([429])
  })

  it('is counted together by all gateways on one Redis', async () => {
    const { hostname: host, port } = new URL(storeUrls().redis)
    const redis = () => openRedis({ host, port: Number(port) }, openLog('test', 'silent'), 2_000)
    const [one, two] = [redis(), redis()]
    open.add({ close: async () => [one, two].map((each) => each.disconnect()) })
    await Promise.all([one, two].map((each) => new Promise((resolve) => each.once('ready', resolve))))
    const [first, second] = [await start(tight, { redis: one }), await start(tight, { redis: two })]
    const headers = await bearer()
    expect(await first.statuses(2, lessonList, { headers })).to.deep.equal(ok(2))
    expect(await second.statuses(3, lessonList, { headers })).to.deep.equal([200, 200, 429])
    expect(await first.statuses(1, lessonList, { headers })).to.deep.equal([429])
  })

  it('is counted by the real address whatever forged headers a client sends', async () => {
    const { ask } = await start()
    const forged = (n: number) => ({ 'x-forwarded-for': `203.0.113.${n}`, forwarded: `for=203.0.113.${n}`, 'x-real-ip': `203.0.113.${n}` })
    const users = { 'x-user-id': randomUUIDv7(), 'x-user-role': 'tutor', 'x-client-address': '203.0.113.9', 'x-service-secret': botSecret }
    const seen: number[] = []
    for (let n = 0; n < 5; n++) seen.push((await ask(lessonList, { headers: { ...forged(n), ...users } })).status)
    expect(seen).to.deep.equal([401, 401, 401, 429, 429])
  })

  it('is counted by the address that a trusted proxy names, and by no other', async () => {
    const { ask } = await start(tight, { trustedProxies: ['127.0.0.1'] })
    const from = async (address: string) => (await ask(lessonList, { headers: { 'x-forwarded-for': `9.9.9.9, ${address}` } })).status
    const seen: number[] = []
    for (let n = 0; n < 4; n++) seen.push(await from('203.0.113.1'))
    expect([seen, await from('203.0.113.2')]).to.deep.equal([[401, 401, 401, 429], 401])
  })

  it('is counted by the address without its port, which some proxies write beside it, and by that of the proxy where it names none', async () => {
    const { ask } = await start(tight, { trustedProxies: ['127.0.0.1'] })
    const statusesOf = async (written: (n: number) => string) => {
      const seen: number[] = []
      for (let n = 0; n < 4; n++) seen.push((await ask(lessonList, { headers: { 'x-forwarded-for': written(n) } })).status)
      return seen
    }
    expect(await statusesOf((n) => `203.0.113.7:${51_000 + n}`)).to.deep.equal([401, 401, 401, 429])
    expect(await statusesOf((n) => `[2001:db8::${n}]:${51_000 + n}`)).to.deep.equal([401, 401, 401, 429])
    expect(await statusesOf((n) => `unknown-${n}`)).to.deep.equal([401, 401, 401, 429])
  })

  it('is counted by networks for IPv6: that of a device, and more widely that of a household', async () => {
    const { ask } = await start(tight, { trustedProxies: ['127.0.0.1'] })
    const from = async (address: string) => (await ask(lessonList, { headers: { 'x-forwarded-for': address } })).status
    const seen: number[] = []
    for (let device = 0; device < 5; device++) for (let n = 0; n < 4; n++) seen.push(await from(`2001:db8:1:2${device}::${n}`))
    const perDevice = [401, 401, 401, 429]
    expect(seen).to.deep.equal([...perDevice, ...perDevice, ...perDevice, ...perDevice, 429, 429, 429, 429])
    expect(await from('2001:db8:1:300::1')).to.equal(401)
  })

  it('lets forty devices behind one address sign in and renew their sign-in at once, by the default settings', async () => {
    const { ask, statuses } = await start({})
    expect(await statuses(40, '/auth/login', { method: 'POST' })).to.deep.equal(ok(40))
    const renew = async (device: number, generation = 0) => {
      const token = Buffer.alloc(52, device)
      token.writeUInt32BE(generation, 16)
      const headers = { cookie: `other=1; refresh=${token.toString('base64url')}` }
      return (await ask('/auth/refresh', { method: 'POST', headers })).status
    }
    for (let device = 0; device < 40; device++) expect(await renew(device)).to.equal(200)
    const often: number[] = []
    for (let generation = 1; generation < 32; generation++) often.push(await renew(1, generation))
    expect(often).to.deep.equal([...ok(29), 429, 429])
  })

  it('is warned of once in the log where a limit names a route that does not exist', async () => {
    const lines: string[] = []
    const rateLimits = { perMinute: 100, routes: [{ match: 'GET /api/v1/nothing', perMinute: 3 }] }
    const { statuses } = await start(rateLimits, { logTo: (line: string) => lines.push(line) })
    await statuses(3, lessonList, { headers: await bearer() })
    expect(lines.filter((line) => line.includes('GET /api/v1/nothing'))).to.have.length(1)
  })
})
