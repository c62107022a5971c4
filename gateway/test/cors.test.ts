import { expect } from 'chai'
import { bearer, closing, listed } from './stand-in.ts'

const friend = 'https://school.example'

describe('pages of other origins', () => {
  const open = closing()
  const opened = async (corsOrigins?: string[]) => {
    const service = await open.service((_asked, response) => response.end('{}'))
    const gateway = await open.gateway({ upstreams: { lesson: [service.url] }, corsOrigins })
    return (init: RequestInit & { headers: Record<string, string> }, path = listed) => fetch(gateway.url + path, init)
  }
  const told = ({ headers }: Response) => [...headers].filter(([name]) => name.startsWith('access-control-')).map(([name]) => name)
  const beforehand = (origin: string) => ({ method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } })

  it('may read nothing unless they are allowed by name', async () => {
    const ask = await opened()
    const headers = { ...(await bearer()), origin: friend }
    expect(told(await ask({ headers }))).to.deep.equal([])
    expect(told(await ask(beforehand(friend)))).to.deep.equal([])
    const allowing = await opened([friend])
    for (const origin of ['https://evil.example', 'https://school.example.evil.example', 'http://school.example', 'null']) {
      const answer = await allowing({ headers: { ...headers, origin } })
      expect(told(answer), origin).to.deep.equal([])
      expect(answer.headers.get('vary'), 'a cache must not mix them up').to.equal('Origin')
      expect(told(await allowing(beforehand(origin))), origin).to.deep.equal([])
    }
  })

  it('may ask and read when they are, with credentials, and see limits and refusals', async () => {
    const ask = await opened([friend])
    const answer = await ask({ headers: { ...(await bearer()), origin: friend } })
    expect(answer.headers.get('access-control-allow-origin')).to.equal(friend)
    expect(answer.headers.get('access-control-allow-credentials')).to.equal('true')
    expect(answer.headers.get('access-control-expose-headers')).to.include('RateLimit').and.to.include('X-Correlation-Id')
    const refused = await ask({ headers: { origin: friend } })
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).to.deep.equal([401, friend])
  })

  it('are told beforehand what an address takes, before anybody is signed in', async () => {
    const ask = await opened([friend])
    const answer = await ask(beforehand(friend), '/api/v1/lessons')
    expect([answer.status, answer.headers.get('access-control-allow-methods')]).to.deep.equal([204, 'GET, POST'])
    expect(answer.headers.get('access-control-allow-headers')).to.include('Authorization').and.to.include('Idempotency-Key')
    expect(answer.headers.get('vary')).to.equal('Origin')
  })
})
