import { answerers } from '@repitbot/contracts/gateway'
import { serviceNames } from '@repitbot/contracts/services'
import { Validator } from '@seriousme/openapi-schema-validator'
import { expect } from 'chai'
import type { Gateway } from '../src/gateway.ts'
import { openBefore, standIn } from './stand-in.ts'

describe("the gateway's own routes", () => {
  let gateway: Gateway
  let lesson: Awaited<ReturnType<typeof standIn>>
  before(async () => {
    lesson = await standIn((_request, response) => response.end('{}'))
    gateway = await openBefore({ upstreams: { lesson: [lesson.url] } })
  })
  after(async () => {
    await gateway.close()
    await lesson.close()
  })
  const get = async (path: string) => {
    const response = await fetch(gateway.url + path)
    return { response, text: await response.text() }
  }

  it('/health shows the state of every service, and the latency of those that answer', async () => {
    const { response, text } = await get('/health')
    const { status, checks } = JSON.parse(text) as { status: string; checks: Record<string, { state: string; latencyMs?: number }> }
    expect([response.status, status]).to.deep.equal([200, 'degraded'])
    expect(Object.keys(checks)).to.have.members(serviceNames)
    expect(checks.lesson?.state).to.equal('up')
    expect(checks.lesson?.latencyMs).to.be.a('number')
    expect(checks.student).to.deep.equal({ state: 'down' })
  })

  it('/health/ready is 200 while the gateway itself can answer, whatever its services do, and 503 without signing keys', async () => {
    expect((await get('/health/ready')).response.status).to.equal(200)
    const keyless = await openBefore({ keys: { find: async () => undefined, has: () => false, ready: () => false, close: () => {} } })
    expect((await fetch(`${keyless.url}/health/ready`)).status).to.equal(503)
    expect((await fetch(`${keyless.url}/health/live`)).status, 'alive all the same').to.equal(200)
    await keyless.close()
  })

  it('/metrics counts requests by their route, never by their address', async () => {
    await get('/api/v1/lessons/01a2086b-e792-7aba-a076-479a24998a22')
    const { response, text } = await get('/metrics')
    expect(response.headers.get('content-type')).to.match(/^text\/plain/)
    expect(text).to.match(/repitbot_http_request_duration_seconds_count\{[^}]*route="\/api\/v1\/lessons\/:lessonId",status="401"[^}]*\} 1/)
    expect(text).not.to.include('01a2086b')
  })

  it('/docs is a page that loads all it needs from the gateway, and may load nothing from another host', async () => {
    const { response, text } = await get('/docs')
    expect([response.url, response.status]).to.deep.equal([`${gateway.url}/docs/`, 200])
    expect(text).not.to.match(/(https?:)?\/\/[a-z0-9-]+\.[a-z]/i)
    expect(response.headers.get('content-security-policy'))
      .to.match(/^default-src 'self'/)
      .and.not.match(/https?:/)
    const assets = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path ?? '')
    expect(assets).to.have.length.above(2)
    for (const path of assets) expect((await fetch(new URL(path, response.url))).status, path).to.equal(200)
    expect((await get('/docs/swagger-initializer.js')).text)
      .to.include('/docs/openapi.json')
      .and.not.include('petstore')
  })

  it('/docs/openapi.json is a valid OpenAPI 3.1 document of every public route, and of no other', async () => {
    const document = JSON.parse((await get('/docs/openapi.json')).text) as { openapi: string; paths: Record<string, object> }
    expect(document.openapi).to.match(/^3\.1/)
    const { valid, errors } = await new Validator().validate(structuredClone(document))
    expect(valid, JSON.stringify(errors)).to.equal(true)
    const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    )
    const rows = Object.values(answerers).flatMap(({ apis }) => Object.values(apis))
    const declared = rows.flatMap(({ prefix, endpoints }) =>
      Object.values(endpoints)
        .filter(({ who }) => who !== 'service')
        .map(({ method, path }) => `${method} ${(prefix + path).replace(/(.)\/$/, '$1').replace(/:(\w+)/g, '{$1}')}`),
    )
    expect(documented).to.have.members(declared)
  })

  it('answers 404 at any other address', async () => {
    for (const path of ['/', '/nothing', '/api/v1', '/service/revocations', '/docs/nothing.js', '/health/nothing'])
      expect((await get(path)).response.status, path).to.equal(404)
  })

  it('names no software in its headers', async () => {
    const { response } = await get('/nothing')
    for (const name of ['x-powered-by', 'server', 'etag']) expect(response.headers.get(name)).to.equal(null)
  })
})
