import { type ApiServer, openApiServer } from '@repitbot/kit/testing/api-server'
import { expect } from 'chai'
import { type Api, type ApiFault, openApi } from '../src/kernel/api.ts'
import { microTime } from '../src/kernel/election.ts'
import { configOf } from './runtime.ts'

const path = '/api/v1/namespaces/school/configmaps/live'

describe('operator: the API client', () => {
  let server: ApiServer
  let api: Api
  beforeEach(async () => {
    server = await openApiServer()
    api = await openApi(configOf(server))
  })
  afterEach(async () => {
    await api.close()
    await server.close()
  })

  it('opens a handful of TLS connections for two hundred requests', async () => {
    await Promise.all(
      Array.from({ length: 200 }, (_, value) => api.apply(path, { metadata: { name: 'live' }, data: { value: `${value}` } })),
    )
    expect(server.received.requests).to.have.length(200)
    expect(server.received.connections).to.be.at.most(8)
  })

  it('returns the status, the message and the retry-after of a refusal', async () => {
    server.faults.of = () => ({ status: 429, retryAfter: 2 })
    const fault = (await api.get(path).catch((error: unknown) => error)) as ApiFault
    expect(fault.message).to.include('as the test wants it')
    expect([fault.status, fault.retryAfterMs]).to.deep.equal([429, 2000])
  })

  it('writes the times of a Lease with six fractional digits, as the API server requires', () => {
    expect(microTime(new Date('2026-12-05T10:00:00.123Z'))).to.equal('2026-12-05T10:00:00.123000Z')
  })
})
