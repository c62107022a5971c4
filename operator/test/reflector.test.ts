import { setTimeout as sleep } from 'node:timers/promises'
import { type ApiServer, openApiServer } from '@repitbot/kit/testing/api-server'
import { until } from '@repitbot/kit/testing/until'
import { expect } from 'chai'
import fc from 'fast-check'
import { type Api, openApi } from '../src/kernel/api.ts'
import { type KubeObject, openReflector, type Reflector } from '../src/kernel/reflector.ts'
import { configOf, quick, silent } from './runtime.ts'

const path = '/apis/repitbot.io/v1alpha1/repitbots'
const key = (name: string) => ({ plural: 'repitbots', namespace: 'school', name })

describe('operator: the reflector', () => {
  let server: ApiServer
  let api: Api
  let reflector: Reflector<KubeObject>
  let changed: string[]
  const open = (more = {}) => {
    changed = []
    const onChange = ({ metadata }: KubeObject) => void changed.push(metadata.name)
    reflector = openReflector<KubeObject>({ name: 'repitbots', api, path, trim: (one) => one, onChange, log: silent, ...quick, ...more })
  }
  const versions = (objects: KubeObject[]) => objects.map(({ metadata }) => `${metadata.name} ${metadata.resourceVersion}`).sort()
  const isSame = () =>
    JSON.stringify(versions(reflector.items())) === JSON.stringify(versions(server.objects.list('repitbots') as KubeObject[]))

  beforeEach(async () => {
    server = await openApiServer()
    api = await openApi(configOf(server))
  })
  afterEach(async () => {
    reflector.close()
    await api.close()
    await server.close()
  })

  it('holds what the API server holds after drops, half-open streams, 410, 429, 5xx, repeated events and stale lists', async () => {
    const pauseMs = fc.nat(20)
    const step = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({ do: fc.constant('put' as const), name: fc.constantFrom('a', 'b', 'c'), value: fc.nat(5), pauseMs }),
      },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('remove' as const), name: fc.constantFrom('a', 'b', 'c'), pauseMs }) },
      fc.record({
        do: fc.constantFrom('drop' as const, 'freeze' as const, 'forget' as const, 'stale' as const, 'double' as const, 'heal' as const),
        pauseMs,
      }),
      fc.record({ do: fc.constant('answer' as const), status: fc.constantFrom(429, 500, 503), pauseMs }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 25 }), async (steps) => {
        open()
        for (const one of steps) {
          if (one.do === 'put') server.objects.put(key(one.name), { spec: { value: one.value } })
          if (one.do === 'remove') server.objects.remove(key(one.name))
          if (one.do === 'drop') server.dropAll()
          if (one.do === 'freeze') server.freezeWatches()
          if (one.do === 'forget') server.objects.forget()
          if (one.do === 'double') server.faults.isDoubled = true
          if (one.do === 'stale') setTimeout(server.holdLists(), 40)
          if (one.do === 'answer') server.faults.of = () => ({ status: one.status })
          if (one.do === 'heal') server.faults.of = () => undefined
          await sleep(one.pauseMs)
        }
        server.faults.of = () => undefined
        await until(() => reflector.isSynced() && isSame())
        reflector.close()
      }),
      { numRuns: 25 },
    )
  }).timeout(90_000)

  it('tells each change once, though each is said twice', async () => {
    open()
    server.faults.isDoubled = true
    await until(() => server.watches() === 1)
    for (let value = 0; value < 5; value++) server.objects.put(key('a'), { spec: { value } })
    server.objects.remove(key('a'))
    await until(() => changed.length >= 6)
    await sleep(30)
    expect(changed).to.have.length(6)
  })

  it('waits for a definition that is not there yet', async () => {
    server.faults.absent.add('repitbots')
    open()
    await until(() => server.received.requests.length > 2)
    expect(reflector.isSynced()).to.equal(false)
    server.faults.absent.clear()
    await until(() => reflector.isSynced())
  })

  it('reads a long list page by page', async () => {
    for (let index = 0; index < 1_100; index++) server.objects.put(key(`n${index}`), {})
    open()
    await until(() => reflector.isSynced())
    expect(reflector.items()).to.have.length(1_100)
    expect(server.received.requests.filter(({ isWatch }) => !isWatch)).to.have.length(3)
  })

  it('never goes back to a list older than what it has received', async () => {
    server.objects.put(key('a'), { spec: { value: 1 } })
    open()
    await until(() => server.watches() === 1)
    const stale = server.holdLists()
    server.objects.put(key('a'), { spec: { value: 2 } })
    await until(isSame)
    const before = server.received.requests.length
    server.objects.forget()
    server.dropAll()
    await until(() => server.received.requests.slice(before).filter(({ isWatch }) => !isWatch).length > 3)
    expect(isSame()).to.equal(true)
    stale()
    await until(() => server.watches() === 1)
    expect(isSame()).to.equal(true)
  })

  it('starts a silent watch again, and is alive only while the watch works', async () => {
    open()
    await until(() => server.watches() === 1)
    server.freezeWatches()
    server.faults.of = () => 'hang'
    const at = reflector.aliveAt()
    server.objects.put(key('a'), { spec: { value: 1 } })
    await until(() => Date.now() - reflector.aliveAt() > 400)
    await until(() => reflector.aliveAt() > at)
    server.faults.of = () => undefined
    server.dropAll()
    await until(isSame)
  })
})
