import { expect } from 'chai'
import { bearer, lessonList, openAndClose } from './stand-in.ts'

const allowedOrigin = 'https://school.example'

describe('pages of other origins', () => {
  const open = openAndClose()
  const start = async (corsOrigins?: string[]) => {
    const service = await open.service((_request, response) => response.end('{}'))
    const gateway = await open.gateway({ upstreams: { lesson: [service.url] }, corsOrigins })
    return (init: RequestInit & { headers: Record<string, string> }, path = lessonList) => fetch(gateway.url + path, init)
  }
  const corsHeaders = ({ headers }: Response) => [...headers].filter(([name]) => name.startsWith('access-control-')).map(([name]) => name)
  const preflight = (origin: string) => ({ method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } })

  it('may read nothing unless they are allowed by name', async () => {
    const ask = await start()
    const headers = { ...(await bearer()), origin: allowedOrigin }
    expect(corsHeaders(await ask({ headers }))).to.deep.equal([])
    expect(corsHeaders(await ask(preflight(allowedOrigin)))).to.deep.equal([])
    const allowing = await start([allowedOrigin])
    for (const origin of ['https://evil.example', 'https://school.example.evil.example', 'http://school.example', 'null']) {
      const answer = await allowing({ headers: { ...headers, origin } })
      expect(corsHeaders(answer), origin).to.deep.equal([])
      expect(answer.headers.get('vary'), 'a cache keeps the origins apart').to.equal('Origin')
      expect(corsHeaders(await allowing(preflight(origin))), origin).to.deep.equal([])
    }
  })

  it('may call and read the API where they are allowed, with credentials, and see limits and refusals', async () => {
    const ask = await start([allowedOrigin])
    const answer = await ask({ headers: { ...(await bearer()), origin: allowedOrigin } })
    expect(answer.headers.get('access-control-allow-origin')).to.equal(allowedOrigin)
    expect(answer.headers.get('access-control-allow-credentials')).to.equal('true')
    expect(answer.headers.get('access-control-expose-headers')).to.include('RateLimit').and.to.include('X-Correlation-Id')
    const refused = await ask({ headers: { origin: allowedOrigin } })
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).to.deep.equal([401, allowedOrigin])
  })

  it('learn by a preflight request which methods an address accepts, before anybody has signed in', async () => {
    const ask = await start([allowedOrigin])
    const answer = await ask(preflight(allowedOrigin), '/api/v1/lessons')
    expect([answer.status, answer.headers.get('access-control-allow-methods')]).to.deep.equal([204, 'GET, HEAD, POST'])
    expect(answer.headers.get('access-control-allow-headers')).to.include('Authorization').and.to.include('Idempotency-Key')
    expect(answer.headers.get('vary')).to.equal('Origin')
  })
})
