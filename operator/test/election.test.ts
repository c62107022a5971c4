import { type ApiServer, openApiServer } from '@repitbot/kit/testing/api-server'
import { until } from '@repitbot/kit/testing/until'
import { expect } from 'chai'
import { type Api, openApi } from '../src/kernel/api.ts'
import { type Election, openElection } from '../src/kernel/election.ts'
import { configOf, silent } from './runtime.ts'

describe('operator: the election', () => {
  let server: ApiServer
  const apis: Api[] = []
  const open: Election[] = []
  const spans: { who: string; from: number; until: number }[] = []
  const stand = async (identity: string) => {
    const api = await openApi(configOf(server))
    const onChange = (leads: boolean) => {
      if (leads) spans.push({ who: identity, from: performance.now(), until: Number.POSITIVE_INFINITY })
      else spans.findLast(({ who }) => who === identity)!.until = performance.now()
    }
    const election = openElection({ api, namespace: 'school', lease: 'one', identity, onChange, log: silent, leaseSeconds: 1, everyMs: 60 })
    apis.push(api)
    open.push(election)
    return { api, election }
  }
  beforeEach(async () => {
    spans.length = 0
    server = await openApiServer()
  })
  afterEach(async () => {
    await Promise.all(open.splice(0).map((one) => one.close().catch(() => {})))
    await Promise.all(apis.splice(0).map((one) => one.close()))
    await server.close()
  })
  const neverTwo = () => {
    for (const [index, one] of spans.entries())
      for (const other of spans.slice(index + 1)) expect(one.from < other.until && other.from < one.until, 'two lead').to.equal(false)
  }

  it('has one leader among three, and another at once when it releases the lease', async () => {
    const [first, ...others] = [await stand('a'), await stand('b'), await stand('c')]
    await until(() => open.some((one) => one.isLeader()))
    expect(open.filter((one) => one.isLeader())).to.have.length(1)
    const leader = [first, ...others].find(({ election }) => election.isLeader())!
    const at = performance.now()
    await leader.election.close()
    await until(() => open.some((one) => one.isLeader()))
    expect(performance.now() - at).to.be.below(900)
    neverTwo()
  })

  it('has another leader when the first one is cut off, and not before its lease has expired', async () => {
    const first = await stand('a')
    await until(() => first.election.isLeader())
    const second = await stand('b')
    const at = performance.now()
    await first.api.close()
    await until(() => second.election.isLeader())
    expect(performance.now() - at).to.be.within(900, 8_000)
    expect(first.election.isLeader()).to.equal(false)
    neverTwo()
  })

  it('stops leading in time while the API server is down, and leads again when it is back', async () => {
    const { election } = await stand('a')
    await until(() => election.isLeader())
    server.faults.of = () => 'drop'
    await until(() => !election.isLeader())
    server.faults.of = () => undefined
    await until(() => election.isLeader())
    neverTwo()
  })

  it('creates a Lease that was deleted, and keeps an existing one', async () => {
    const key = { plural: 'leases', namespace: 'school', name: 'one' }
    server.objects.put(key, { metadata: { labels: { of: 'the chart' } } })
    const { election } = await stand('a')
    await until(() => election.isLeader())
    expect(server.objects.get(key)?.metadata.labels).to.deep.equal({ of: 'the chart' })
    server.objects.remove(key)
    await until(() => (server.objects.get(key)?.spec as { holderIdentity?: string } | undefined)?.holderIdentity === 'a')
  })
})
