import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect } from 'chai'
import { web } from '../src/web.ts'
import { lessonList, openAndClose } from './stand-in.ts'

const hsts = 'max-age=31536000; includeSubDomains'
const ofData = { 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox" }
const ofPage = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; worker-src 'self'; manifest-src 'self'; style-src 'self' 'nonce-N'; connect-src 'self'; " +
    "img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
}

describe('the headers of answers', () => {
  const open = openAndClose()
  const folder = mkdtempSync(join(tmpdir(), 'repitbot-headers-'))
  before(() => {
    mkdirSync(join(folder, 'assets'))
    writeFileSync(join(folder, 'index.html'), '<html data-nonce="__NONCE__"></html>')
    writeFileSync(join(folder, 'assets', 'main-1a2b.js'), '0')
    writeFileSync(join(folder, 'sw.js'), '0')
  })
  after(() => rmSync(folder, { recursive: true, force: true }))
  const start = async (options: Parameters<typeof open.gateway>[0] = {}) => {
    const seen: Record<string, unknown>[] = []
    const service = await open.service((request, response) => {
      seen.push(request.headers)
      response.setHeader('content-type', 'application/json').end('{}')
    })
    const gateway = await open.gateway({ upstreams: { lesson: [service.url], user: [service.url] }, extra: web(folder), ...options })
    const ask = async (path: string, headers: Record<string, string> = {}, init: RequestInit = {}) => {
      const answer = await fetch(gateway.url + path, { redirect: 'manual', ...init, headers })
      const { 'content-security-policy': policy, ...rest } = Object.fromEntries(answer.headers)
      const got = { ...rest, 'content-security-policy': policy?.replace(/nonce-[\w-]{22}/, 'nonce-N') } as Record<
        string,
        string | undefined
      >
      return { status: answer.status, headers: got, body: await answer.text() }
    }
    return { gateway, ask, seen }
  }

  it('of the page are as they are written down here', async () => {
    const { ask } = await start()
    for (const path of ['/', '/week', '/people/any']) {
      const { status, headers } = await ask(path, { accept: 'text/html' })
      expect(status).to.equal(200)
      expect(headers).to.include(ofPage)
      expect(headers).to.not.have.property('strict-transport-security')
    }
    const worker = await ask('/sw.js')
    expect(worker.headers).to.include({ 'cache-control': 'no-cache', 'content-security-policy': "default-src 'none'; connect-src 'self'" })
    const file = await ask('/assets/main-1a2b.js')
    expect(file.headers).to.include({ 'cache-control': 'public, max-age=31536000, immutable', 'x-content-type-options': 'nosniff' })
  })

  it('of an unknown address are those of the page for a browser, and of a problem for a program', async () => {
    const { ask } = await start()
    const seen = await ask('/nonsense/at/all', { accept: 'text/html,application/xhtml+xml' })
    expect([seen.status, seen.body.startsWith('<html')]).to.deep.equal([404, true])
    expect(seen.headers).to.include(ofPage)
    for (const [path, accept] of [
      ['/nonsense', '*/*'],
      ['/api/v1/nothing', 'text/html'],
      ['/auth/nothing', 'text/html'],
      ['/assets/of-another-build.js', 'text/html'],
      ['/docs/package.json', 'text/html'],
    ] as const) {
      const { status, headers } = await ask(path, { accept })
      expect(status, path).to.equal(404)
      expect(headers, path).to.include({
        ...ofData,
        'cache-control': 'no-store',
        'content-type': 'application/problem+json; charset=utf-8',
      })
    }
  })

  it('of the API and its refusals let nothing be framed, run or guessed, and the API page is framed by nobody', async () => {
    const { ask } = await start()
    expect((await ask('/.well-known/jwks.json')).headers).to.include(ofData)
    const refused = await ask(lessonList)
    expect([refused.status, refused.headers['cache-control']]).to.deep.equal([401, 'no-store'])
    expect(refused.headers).to.include(ofData)
    const docs = await ask('/docs/')
    expect([docs.status, docs.headers['x-content-type-options']]).to.deep.equal([200, 'nosniff'])
    expect(docs.headers['content-security-policy']).to.contain("frame-ancestors 'none'")
  })

  it('keep browsers on https, and tell the services so, where the public address is https or a trusted proxy says it, and not by another', async () => {
    const paths = ['/', '/assets/main-1a2b.js', '/docs/', '/nonsense', lessonList, '/.well-known/jwks.json']
    const said = { 'x-forwarded-proto': 'https' }
    const cases = [
      { options: { publicUrl: 'https://school.example' }, headers: {}, expected: hsts },
      { options: { trustedProxies: ['127.0.0.1'] }, headers: said, expected: hsts },
      { options: { trustedProxies: ['127.0.0.1'] }, headers: {}, expected: undefined },
      { options: { trustedProxies: ['192.0.2.1'] }, headers: said, expected: undefined },
      { options: { publicUrl: 'http://school.example' }, headers: said, expected: undefined },
    ]
    for (const { options, headers, expected } of cases) {
      const { ask, seen } = await start(options)
      for (const path of paths) expect((await ask(path, headers)).headers['strict-transport-security'], path).to.equal(expected)
      expect(seen.at(-1)?.['x-forwarded-proto']).to.equal(expected ? 'https' : 'http')
    }
  })

  it('are there once each: of what both say the service has the word, and a header that comes twice stays two', async () => {
    const policy = "default-src 'none'; img-src 'self'"
    const service = await open.service((_request, response) => {
      response.writeHead(200, [
        ...['content-type', 'application/json', 'content-security-policy', policy, 'vary', 'Accept-Language'],
        ...['set-cookie', 'a=1', 'set-cookie', 'b=2', 'x-correlation-id', 'of-the-service', 'connection', 'close'],
      ])
      response.end('{}')
    })
    const gateway = await open.gateway({ upstreams: { user: [service.url] }, corsOrigins: ['https://school.example'] })
    const { headers } = await fetch(`${gateway.url}/.well-known/jwks.json`)
    expect(Object.fromEntries(headers)).to.include({
      'content-security-policy': policy,
      vary: 'Accept-Language, Origin',
      connection: 'keep-alive',
    })
    expect(headers.getSetCookie()).to.deep.equal(['a=1', 'b=2'])
    expect(headers.get('x-correlation-id')).to.match(/^[\da-f-]{36}$/)
  })

  it('name the methods of an address where it has not the one asked for', async () => {
    const { ask } = await start()
    const refused = await ask('/auth/login', {}, { method: 'DELETE' })
    expect([refused.status, refused.headers.allow]).to.deep.equal([405, 'POST'])
    const { status, headers } = await ask('/api/v1/lessons', {}, { method: 'PUT' })
    expect([status, headers.allow]).to.deep.equal([405, 'GET, HEAD, POST'])
  })

  it('of a request name one host, or it is refused', async () => {
    const { gateway } = await start()
    const { hostname, port } = new URL(gateway.url)
    const socket = connect(Number(port), hostname)
    socket.write('GET / HTTP/1.1\r\nHost: a.example\r\nHOST: b.example\r\nConnection: close\r\n\r\n')
    expect(await text(socket)).to.match(/^HTTP\/1\.1 400 [\s\S]*"field":"Host"/)
  })

  it('bound what one address may ask for without a contract row, and not what it may ask of the API', async () => {
    const { ask } = await start({ otherPerMinute: 5 })
    const statuses = []
    for (let n = 0; n < 7; n++) statuses.push((await ask(n % 2 ? '/nonsense' : '/')).status)
    expect(statuses).to.deep.equal([200, 404, 200, 404, 200, 429, 429])
    expect((await ask('/.well-known/jwks.json')).status).to.equal(200)
    expect((await ask('/health/live')).status).to.equal(200)
  })
})
