import { randomUUIDv7 } from 'node:crypto'
import type { Problem } from '@repitbot/contracts/client'
import { openLog } from '@repitbot/kit/log'
import { openRedis } from '@repitbot/kit/redis'
import { storeUrls } from '@repitbot/kit/testing/stores'
import { expect } from 'chai'
import { networkOf } from '../src/limits.ts'
import { bearer, closing, listed } from './stand-in.ts'

const botSecret = 'a-bot-secret-of-stand-ins'
const tight = { perMinute: 4, anonymousPerMinute: 3, botPerMinute: 6, byRole: { tutor: 5 }, byClass: { write: 2, 'sign-in': 1 } }

describe('how often a client may ask', () => {
  const open = closing()
  const opened = async (rateLimits: object = tight, more: object = {}) => {
    const service = await open.service((_asked, response) => response.end('{}'))
    const upstreams = { lesson: [service.url], user: [service.url], notification: [service.url] }
    const gateway = await open.gateway({ upstreams, settings: { rateLimits }, botSecret, ...more })
    const ask = (path = listed, init: RequestInit = {}) => fetch(gateway.url + path, init)
    /** The statuses of so many requests, one after the other. */
    const statuses = async (count: number, path?: string, init?: RequestInit) => {
      const seen: number[] = []
      for (let n = 0; n < count; n++) seen.push((await ask(path, init)).status)
      return seen
    }
    return { gateway, ask, statuses }
  }
  const ok = (count: number, status = 200) => Array<number>(count).fill(status)

  it('is bounded for each person, whatever his sessions, and by his role where the settings say so', async () => {
    const { statuses } = await opened()
    const userId = randomUUIDv7()
    const [one, two] = [await bearer('admin', userId), await bearer('admin', userId)]
    expect(await statuses(3, listed, { headers: one })).to.deep.equal(ok(3))
    expect(await statuses(3, listed, { headers: two })).to.deep.equal([200, 429, 429])
    expect(await statuses(6, listed, { headers: await bearer('tutor') })).to.deep.equal([...ok(5), 429])
  })

  it('is bounded for an address that is not signed in, though it shows another token each time', async () => {
    const { ask } = await opened()
    const seen: number[] = []
    for (let n = 0; n < 5; n++) seen.push((await ask(listed, { headers: { authorization: `Bearer nonsense-${n}` } })).status)
    expect(seen).to.deep.equal([401, 401, 401, 429, 429])
  })

  it('is bounded by a number of its own for what another service brings, apart from what people ask from there', async () => {
    const { statuses } = await opened({ ...tight, byClass: { webhook: 5 } })
    const brought = await statuses(6, '/telegram/webhook', { method: 'POST' })
    expect(brought.filter((status) => status === 429)).to.have.length(1)
    expect(await statuses(1)).to.deep.equal([401])
  })

  it('is bounded for a kind of request and for a route of its own, within the whole', async () => {
    const { statuses, ask } = await opened({ ...tight, perMinute: 100, routes: [{ match: 'GET /api/v1/lessons', perMinute: 3 }] })
    const headers = await bearer()
    expect(await statuses(4, '/api/v1/lessons', { method: 'POST', headers })).to.deep.equal([200, 200, 429, 429])
    expect(await statuses(5, listed, { headers })).to.deep.equal([...ok(3), 429, 429])
    expect((await ask('/api/v1/lesson-policy', { headers })).status, 'another route').to.equal(200)
    expect(await statuses(2, '/auth/login', { method: 'POST' })).to.deep.equal([200, 429])
  })

  it('is told in the headers of the draft, and a refusal says how long to wait', async () => {
    const { ask } = await opened()
    const headers = await bearer('parent')
    const first = await ask(listed, { headers })
    expect(first.headers.get('ratelimit-policy')).to.equal('"client";q=4;w=60')
    expect(first.headers.get('ratelimit')).to.match(/^"client";r=3;t=[56]\d$/)
    for (let n = 0; n < 3; n++) await ask(listed, { headers })
    const refused = await ask(listed, { headers })
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
    const service = await open.service((_asked, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      for (let n = 0; n < 20; n++) response.write(`data: ${n}\n\n`)
      response.end()
    })
    const gateway = await open.gateway({ upstreams: { notification: [service.url] }, settings: { rateLimits: tight } })
    const answer = await fetch(`${gateway.url}/api/v1/inbox/stream`, { headers: await bearer() })
    expect((await answer.text()).match(/data/g)).to.have.length(20)
    expect(answer.headers.get('ratelimit')).to.match(/r=3;/)
  })

  it('changes while it runs, and what was used stays used', async () => {
    const { gateway, statuses } = await opened()
    const headers = await bearer()
    expect(await statuses(5, listed, { headers })).to.deep.equal([...ok(4), 429])
    gateway.change({ rateLimits: { ...tight, perMinute: 6 } })
    expect(await statuses(3, listed, { headers })).to.deep.equal([200, 200, 429])
    gateway.change({ rateLimits: { ...tight, perMinute: 2 } })
    expect(await statuses(1, listed, { headers })).to.deep.equal([429])
  })

  it('is one count for all gateways on one Redis', async () => {
    const { hostname: host, port } = new URL(storeUrls().redis)
    const redis = () => openRedis({ host, port: Number(port) }, openLog('test', 'silent'), 2_000)
    const [one, two] = [redis(), redis()]
    open.add({ close: async () => [one, two].map((each) => each.disconnect()) })
    await Promise.all([one, two].map((each) => new Promise((resolve) => each.once('ready', resolve))))
    const [first, second] = [await opened(tight, { redis: one }), await opened(tight, { redis: two })]
    const headers = await bearer()
    expect(await first.statuses(2, listed, { headers })).to.deep.equal(ok(2))
    expect(await second.statuses(3, listed, { headers })).to.deep.equal([200, 200, 429])
    expect(await first.statuses(1, listed, { headers })).to.deep.equal([429])
  })

  it('is not changed by what a client says of his address (forged headers change nothing)', async () => {
    const { ask } = await opened()
    const forged = (n: number) => ({ 'x-forwarded-for': `203.0.113.${n}`, forwarded: `for=203.0.113.${n}`, 'x-real-ip': `203.0.113.${n}` })
    const users = { 'x-user-id': randomUUIDv7(), 'x-user-role': 'tutor', 'x-client-address': '203.0.113.9', 'x-service-secret': botSecret }
    const seen: number[] = []
    for (let n = 0; n < 5; n++) seen.push((await ask(listed, { headers: { ...forged(n), ...users } })).status)
    expect(seen).to.deep.equal([401, 401, 401, 429, 429])
  })

  it('is counted by the address that a trusted proxy tells, and by no other', async () => {
    const { ask } = await opened(tight, { trustedProxies: ['127.0.0.1'] })
    const from = async (address: string) => (await ask(listed, { headers: { 'x-forwarded-for': `9.9.9.9, ${address}` } })).status
    const seen: number[] = []
    for (let n = 0; n < 4; n++) seen.push(await from('203.0.113.1'))
    expect([seen, await from('203.0.113.2')]).to.deep.equal([[401, 401, 401, 429], 401])
  })

  it('takes an IPv6 network for one client: nobody has more by having many addresses', () => {
    expect(networkOf('2001:db8:1:2:3:4:5:6')).to.equal(networkOf('2001:db8:1:2::7'))
    expect(networkOf('2001:db8:1:2::1')).not.to.equal(networkOf('2001:db8:1:3::1'))
    expect(networkOf('::ffff:203.0.113.1')).to.equal('203.0.113.1')
  })

  it('says once in the log which bound is on a route that there is not', async () => {
    const lines: string[] = []
    const rateLimits = { perMinute: 100, routes: [{ match: 'GET /api/v1/nothing', perMinute: 3 }] }
    const { statuses } = await opened(rateLimits, { logTo: (line: string) => lines.push(line) })
    await statuses(3, listed, { headers: await bearer() })
    expect(lines.filter((line) => line.includes('GET /api/v1/nothing'))).to.have.length(1)
  })
})
