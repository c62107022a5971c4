import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { Settings } from '@repitbot/contracts/settings'
import { type ApiServer, openApiServer } from '@repitbot/kit/testing/api-server'
import { until } from '@repitbot/kit/testing/until'
import { expect } from 'chai'
import type { Operator } from '../src/operator.ts'
import { annotation, type RepitBot } from '../src/resource.ts'
import { openOn } from './runtime.ts'

const at = (name: string, namespace = 'school') => ({ plural: 'repitbots', namespace, name })
const live = (namespace = 'school') => ({ plural: 'configmaps', namespace, name: 'repitbot-settings' })

describe('operator: from a resource to the ConfigMap and back to its status', () => {
  let server: ApiServer
  const operators: Operator[] = []
  const pods: Server[] = []
  const start = async (environment: Record<string, string> = {}) => {
    const operator = await openOn(server, environment)
    operators.push(operator)
    return operator
  }
  /** As the API server stores it: with every default filled in. */
  const apply = (name: string, spec: object, namespace = 'school', when?: Date) =>
    server.objects.put(at(name, namespace), { apiVersion: 'repitbot.io/v1alpha1', kind: 'RepitBot', spec: Settings.parse(spec) }, when)
  const cap = (dailyCapXp: number) => ({ xp: { dailyCapXp } })
  const held = (namespace?: string) => {
    const text = (server.objects.get(live(namespace))?.data as Record<string, string> | undefined)?.['settings.json']
    return text === undefined ? undefined : (JSON.parse(text) as { generation: number; uid: string; spec: Partial<Settings> })
  }
  const statusOf = (name: string, namespace?: string) => (server.objects.get(at(name, namespace)) as unknown as RepitBot).status
  const condition = (name: string, type: string) => statusOf(name)?.conditions.find((one) => one.type === type)
  const writes = () => server.received.requests.filter(({ method, plural }) => method !== 'GET' && plural === 'configmaps').length
  const events = () => (server.objects.list('events') as unknown as { reason: string }[]).map(({ reason }) => reason)
  /** A pod that reports these settings. */
  const pod = async (name: string, settings: { uid: string; generation: number }, phase = 'Running') => {
    const answering = createServer((_request, response) => response.writeHead(503).end(JSON.stringify({ ready: false, settings })))
    await new Promise<void>((resolve) => answering.listen(0, '127.0.0.1', resolve))
    pods.push(answering)
    const ports = [{ name: 'http', containerPort: (answering.address() as AddressInfo).port }]
    const object = { metadata: { labels: { 'repitbot.io/settings': 'live' } }, spec: { containers: [{ ports }] } }
    server.objects.put({ plural: 'pods', namespace: 'school', name }, { ...object, status: { phase, podIP: '127.0.0.1' } })
    return settings
  }

  beforeEach(async () => {
    server = await openApiServer()
  })
  afterEach(async () => {
    await Promise.all(operators.splice(0).map((one) => one.close()))
    for (const one of pods.splice(0)) one.close()
    await server.close()
  })

  it('holds an empty spec without a resource, the spec with one, each edit of it, and an empty spec again', async () => {
    await start({ HELM_RELEASE: 'school' })
    await until(() => held()?.uid === '')
    expect(held()).to.deep.equal({ generation: 0, uid: '', spec: {} })
    const { uid } = apply('main', cap(901)).metadata
    await until(() => held()?.generation === 1)
    expect(held()).to.deep.equal({ generation: 1, uid, spec: Settings.parse(cap(901)) })
    apply('main', cap(902))
    await until(() => held()?.spec.xp?.dailyCapXp === 902)
    server.objects.remove(at('main'))
    await until(() => held()?.uid === '')
  })

  it('writes only what differs from the desired state', async () => {
    await start()
    apply('main', cap(901))
    await until(() => condition('main', 'Ready')?.status === 'True')
    const before = writes()
    server.objects.put(at('main'), { metadata: { labels: { some: 'label' } } })
    await sleep(100)
    expect(writes()).to.equal(before)
  })

  it('repairs a ConfigMap that was changed or deleted, with the labels by which Helm removes it, and records an event', async () => {
    await start({ HELM_RELEASE: 'my-school' })
    apply('main', cap(901))
    await until(() => condition('main', 'Ready')?.status === 'True')
    server.objects.put(live(), { data: { 'settings.json': '{}' }, metadata: { labels: { 'app.kubernetes.io/managed-by': 'me' } } })
    await until(() => held()?.generation === 1)
    server.objects.remove(live())
    await until(() => held()?.generation === 1)
    const { labels, annotations } = server.objects.get(live())!.metadata
    expect(labels).to.include({ 'app.kubernetes.io/managed-by': 'Helm' })
    expect(annotations).to.deep.equal({ 'meta.helm.sh/release-name': 'my-school', 'meta.helm.sh/release-namespace': 'school' })
    await until(() => events().includes('Repaired'))
    expect(events().filter((reason) => reason === 'Repaired')).to.have.length(1)
  })

  it('says how many pods have the settings, without those that ended, and is ready when all have them', async () => {
    const { uid } = apply('main', cap(901)).metadata
    await pod('new', { uid, generation: 1 })
    const late = await pod('late', { uid: 'of another', generation: 9 })
    await pod('ended', { uid: '', generation: 0 }, 'Succeeded')
    await start()
    await until(() => statusOf('main')?.pods === '1/2')
    expect(condition('main', 'Propagated')).to.include({ status: 'False', message: '1/2 pods at generation 1' })
    expect(condition('main', 'ConfigApplied')?.status).to.equal('True')
    Object.assign(late, { uid, generation: 1 })
    await until(() => condition('main', 'Ready')?.status === 'True')
    expect(condition('main', 'Propagated')?.message).to.equal('2/2 pods at generation 1')
    expect(statusOf('main')?.observedGeneration).to.equal(1)
  })

  it('makes the older of two resources active and says so in the other; without the older the other is active', async () => {
    apply('younger', cap(902), 'school', new Date(Date.now() + 60_000))
    apply('older', cap(901))
    await start()
    await until(() => condition('younger', 'Ready')?.reason === 'AnotherResource')
    expect(held()?.spec.xp?.dailyCapXp).to.equal(901)
    expect(condition('younger', 'ConfigApplied')?.message).to.include('older is older and therefore active')
    server.objects.remove(at('older'))
    await until(() => held()?.spec.xp?.dailyCapXp === 902 && condition('younger', 'Ready')?.status === 'True')
  })

  it('leaves the ConfigMap alone while paused, and updates it afterwards', async () => {
    await start()
    apply('main', cap(901))
    await until(() => held()?.generation === 1)
    server.objects.put(at('main'), { metadata: { annotations: { [annotation.paused]: 'true' } } })
    await until(() => condition('main', 'Ready')?.reason === 'Paused')
    apply('main', cap(902))
    await until(() => statusOf('main')?.observedGeneration === 2)
    expect(held()?.generation).to.equal(1)
    server.objects.put(at('main'), { metadata: { annotations: { [annotation.paused]: 'false' } } })
    await until(() => held()?.generation === 2)
  })

  it('writes everything again once for each new value of reconcile-now', async () => {
    await start()
    apply('main', cap(901))
    await until(() => condition('main', 'Ready')?.status === 'True')
    const before = writes()
    server.objects.put(at('main'), { metadata: { annotations: { [annotation.reconcileNow]: 'today' } } })
    await until(() => statusOf('main')?.lastReconcileNow === 'today')
    await sleep(100)
    expect(writes()).to.equal(before + 1)
  })

  it('reconciles every namespace with WATCH_NAMESPACE=*, each by its own resource', async () => {
    await start({ WATCH_NAMESPACE: '*' })
    apply('main', cap(901), 'one')
    apply('main', cap(902), 'two')
    await until(() => held('one')?.spec.xp?.dailyCapXp === 901 && held('two')?.spec.xp?.dailyCapXp === 902)
    expect(held('school')?.uid).to.equal('')
    server.objects.remove(at('main', 'two'))
    await until(() => held('two')?.uid === '')
  })

  it('is not ready until the CRD is installed, and then continues by itself', async () => {
    server.faults.absent.add('repitbots')
    const { url } = await start()
    await sleep(100)
    expect((await fetch(`${url}/readyz`)).status).to.equal(503)
    expect((await fetch(`${url}/livez`)).status).to.equal(200)
    apply('main', cap(901))
    server.faults.absent.clear()
    await until(() => held()?.generation === 1)
    expect((await fetch(`${url}/readyz`)).status).to.equal(200)
  })

  for (const [name, fail] of [
    ['dropped connections', () => server.dropAll()],
    ['half-open connections', () => server.freezeWatches()],
    ['a version that is gone', () => [server.objects.forget(), server.dropAll()]],
    ['every event twice', () => Object.assign(server.faults, { isDoubled: true })],
    ['429 for a while', () => answering(429)],
    ['500 for a while', () => answering(500)],
  ] as [string, () => unknown][])
    it(`loses no edit through ${name}`, async () => {
      await start()
      apply('main', cap(900))
      await until(() => condition('main', 'Ready')?.status === 'True')
      fail()
      apply('main', cap(901))
      await until(() => held()?.spec.xp?.dailyCapXp === 901 && statusOf('main')?.observedGeneration === 2)
    })
  const answering = (status: number) => {
    server.dropAll()
    server.faults.of = () => ({ status })
    setTimeout(() => {
      server.faults.of = () => undefined
    }, 300)
  }

  it('reports in the status why the ConfigMap cannot be written', async () => {
    server.faults.of = ({ plural, method }) => (plural === 'configmaps' && method === 'PATCH' ? { status: 403 } : undefined)
    await start()
    apply('main', cap(901))
    await until(() => condition('main', 'ConfigApplied')?.reason === 'ApplyFailed')
    expect(condition('main', 'ConfigApplied')?.message).to.include('403')
    expect(condition('main', 'Ready')?.status).to.equal('False')
    server.faults.of = () => undefined
    await until(() => condition('main', 'Ready')?.status === 'True')
  })

  it('converges with no duplicates while one of two operators is stopped after each edit', async () => {
    let standing = [await start({ POD_NAME: 'p0' }), await start({ POD_NAME: 'p1' })]
    for (let round = 1; round <= 10; round++) {
      apply('main', cap(900 + round))
      await sleep(20)
      const [leader = standing[0]!] = standing.filter((one) => one.isLeader())
      apply('main', cap(1900 + round))
      await leader.close()
      operators.splice(operators.indexOf(leader), 1)
      standing = [...standing.filter((one) => one !== leader), await start({ POD_NAME: `p${round + 1}` })]
    }
    await until(() => held()?.spec.xp?.dailyCapXp === 1910 && condition('main', 'Ready')?.status === 'True', 10_000)
    expect(server.objects.list('configmaps')).to.have.length(1)
  }).timeout(60_000)

  it('serves its metrics under the names of controller-runtime', async () => {
    const { url } = await start()
    apply('main', cap(901))
    await until(() => held()?.generation === 1)
    const text = await (await fetch(`${url}/metrics`)).text()
    for (const name of ['controller_runtime_reconcile_total', 'workqueue_depth', 'workqueue_adds_total', 'rest_client_requests_total'])
      expect(text).to.include(name)
    expect(text).to.include('leader_election_master_status{name="repitbot"} 1')
  })
})
