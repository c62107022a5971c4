import { randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { Settings } from '@repitbot/contracts/settings'
import { openLog } from '@repitbot/kit/log'
import { type OpenSettings, openSettings } from '@repitbot/kit/settings'
import { until } from '@repitbot/kit/testing/until'
import { expect } from 'chai'
import fc from 'fast-check'
import { anySpec } from '../../operator/test/specs.ts'
import { account, apply, find, kubectl, read, refusal } from './cluster.ts'
import { type Running, runOperator } from './operators.ts'
import { operatorRules, readerRules } from './rights.ts'

// Runs the operator and the watch of the settings on the cluster that KUBECONFIG names, in a namespace of their own, with only the rights that the chart gives.

const namespace = `repitbot-${randomBytes(4).toString('hex')}`
const kills = Number(process.env.KILLS ?? 20)
const names = { configMap: 'repitbot-settings', lease: 'repitbot-operator' }
const log = openLog('e2e', 'silent')

const resource = (spec: object, name = 'school') => ({
  apiVersion: 'repitbot.io/v1alpha1',
  kind: 'RepitBot',
  metadata: { name, namespace },
  spec,
})
const cap = (dailyCapXp: number) => resource({ xp: { dailyCapXp } })
const boost = (more: object = {}) => ({
  name: 'a',
  ...{ from: '2026-12-05T00:00:00Z', until: '2026-12-07T00:00:00Z', percent: 200, sources: ['lesson'] },
  ...more,
})
type Payload = { generation: number; uid: string; spec: { xp?: { dailyCapXp: number } } }
const payload = async (): Promise<Payload | undefined> => {
  const map = await find<{ data?: Record<string, string> }>(['get', 'configmap', names.configMap, '-n', namespace])
  return map?.data?.['settings.json'] === undefined ? undefined : (JSON.parse(map.data['settings.json']) as Payload)
}
const condition = async (type: string, name = 'school') => {
  const found = await find<{ status?: { conditions: { type: string; status: string; reason: string; message: string }[] } }>([
    ...['get', 'rb', name, '-n', namespace],
  ])
  return found?.status?.conditions.find((one) => one.type === type)
}
/** An address of this machine that pods and the operator can reach. */
const address = () =>
  Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1'

describe('the operator and the live settings on a cluster', function () {
  this.timeout(300_000)
  let rights: Awaited<ReturnType<typeof account>>
  let reader: Awaited<ReturnType<typeof account>>
  let operator: Running
  const readers: OpenSettings[] = []
  const servers: Server[] = []
  const run = (name = 'one') => runOperator(name, { KUBECONFIG: rights.kubeconfig, POD_NAMESPACE: namespace, HELM_RELEASE: 'school' })

  before(async () => {
    await kubectl(['apply', '-f', 'charts/repitbot/files/crd.yaml'])
    await kubectl(['wait', '--for=condition=Established', 'crd/repitbots.repitbot.io', '--timeout=30s'])
    await kubectl(['create', 'namespace', namespace])
    rights = await account('operator', namespace, operatorRules(names.configMap, names.lease))
    reader = await account('reader', namespace, readerRules(names.configMap))
    operator = await run()
  })
  after(async () => {
    for (const one of readers) one.close()
    for (const one of servers) one.close()
    await operator?.end('SIGTERM')
    await kubectl(['delete', 'namespace', namespace, '--wait=false'])
    await Promise.all([rights, reader].map((one) => one?.remove()))
  })

  it('explains every setting', async () => {
    await until(async () => (await kubectl(['explain', 'rb.spec.xp']).catch(() => '')).includes('dailyCapXp'), 30_000)
    expect(await kubectl(['explain', 'rb.spec.xp'])).to.include('Most XP a student can gain in one local day')
    expect(await kubectl(['explain', 'rb.spec.rateLimits.perMinute'])).to.include('Requests that a signed-in client may make in a minute')
  })

  for (const [name, spec, message] of [
    ['no requests at all', { rateLimits: { perMinute: 0 } }, /spec\.rateLimits\.perMinute.*greater than or equal to 1/],
    [
      'growth with a fraction',
      { xp: { levels: { growthPercent: 1.5 } } },
      /spec\.xp\.levels\.growthPercent.*(integer|greater than or equal to 100)/,
    ],
    [
      'a boost that ends before it begins',
      { xp: { boosts: [boost({ until: '2026-12-01T00:00:00Z' })] } },
      /boosts\[0\]\.until.*Expected an instant after from/,
    ],
    ['two boosts of one name', { xp: { boosts: [boost(), boost()] } }, /spec\.xp\.boosts.*(Duplicate value|a name of its own)/],
    ['an unknown field', { xp: { dailyCap: 1 } }, /unknown field "spec\.xp\.dailyCap"/],
  ] as [string, object, RegExp][])
    it(`refuses ${name}, naming field and bound`, async () => {
      expect(await refusal(['apply', '-f', '-'], resource(spec))).to.match(message)
    })

  it('accepts exactly what the loader accepts, and fills in the same defaults', async () => {
    const base = ['create', '--dry-run=server', '--validate=strict', '-o', 'json', '-f', '-']
    let both = 0
    await fc.assert(
      fc.asyncProperty(anySpec(), async (spec) => {
        const stored = await kubectl(base, resource(spec, 'any')).catch((error: { stderr: string }) => error)
        const loaded = Settings.safeParse(spec)
        expect(typeof stored === 'string', `the API server: ${JSON.stringify(stored)}\nthe loader: ${loaded.error?.message}`).to.equal(
          loaded.success,
        )
        if (typeof stored !== 'string') return
        both++
        expect(Settings.parse((JSON.parse(stored) as { spec: object }).spec)).to.deep.equal(loaded.data)
      }),
      { numRuns: 150 },
    )
    expect(both, 'specs that both accept').to.be.at.least(10)
  })

  it('brings the defaults without a resource, then the applied resource, and kubectl shows it in one line', async () => {
    await until(async () => (await payload())?.uid === '', 10_000)
    await apply(cap(901))
    await until(async () => (await condition('Ready'))?.status === 'True', 5_000)
    expect((await payload())?.spec.xp?.dailyCapXp).to.equal(901)
    expect((await kubectl(['get', 'rb', '-n', namespace])).split('\n')[0]).to.match(/NAME +XP +RATE +PODS +READY +AGE/)
    expect(await kubectl(['describe', 'rb', 'school', '-n', namespace])).to.include('ConfigMap repitbot-settings holds generation')
  })

  it('brings each of 100 edits to three readers, and reports that for the last', async () => {
    const host = address()
    const environment = {
      SETTINGS_WATCH: names.configMap,
      KUBERNETES_SERVICE_HOST: reader.server.hostname,
      KUBERNETES_SERVICE_PORT: reader.server.port,
    }
    for (let index = 0; index < 3; index++) {
      const settings = await openSettings(environment, undefined, log, reader.folder)
      readers.push(settings)
      const server = createServer((_request, response) =>
        response.end(JSON.stringify({ settings: { generation: settings.generation(), uid: settings.uid() } })),
      )
      await new Promise<void>((resolve) => server.listen(0, host, resolve))
      servers.push(server)
      await standIn(`reader-${index}`, host, (server.address() as AddressInfo).port)
    }
    await until(() => readers.every((one) => one.current().xp.dailyCapXp === 901), 5_000)
    const latencies: number[] = []
    for (let edit = 1; edit <= 100; edit++) {
      const patch = kubectl(['patch', 'rb', 'school', '-n', namespace, '--type=merge', '-p', JSON.stringify(cap(2000 + edit))])
      const written = patch.then(() => performance.now())
      await until(() => readers.every((one) => one.current().xp.dailyCapXp === 2000 + edit), 5_000)
      // kubectl ends after the API server has taken the edit, so an effect that is there by then came at once.
      const seenAt = performance.now()
      latencies.push(Math.max(0, seenAt - (await written)))
    }
    const sorted = latencies.toSorted((a, b) => a - b)
    console.log(`      from kubectl's end to the effect in 3 readers: p50 ${sorted[49]?.toFixed(0)} ms, p99 ${sorted[98]?.toFixed(0)} ms`)
    expect(sorted[49]).to.be.at.most(100)
    expect(sorted[98]).to.be.below(2_000)
    await until(async () => (await condition('Propagated'))?.message.startsWith('3/3 pods'), 5_000)
  })

  it('repairs a ConfigMap that was edited or deleted within two seconds, and no reader notices', async () => {
    const { generation } = (await payload())!
    for (const spoil of [
      ['patch', 'configmap', names.configMap, '-n', namespace, '-p', '{"data":{"settings.json":"{}"}}'],
      ['delete', 'configmap', names.configMap, '-n', namespace],
    ]) {
      await kubectl(spoil)
      const at = performance.now()
      await until(async () => (await payload())?.generation === generation, 2_000)
      console.log(`      repaired after ${(performance.now() - at).toFixed(0)} ms`)
    }
    expect(readers.map((one) => one.current().xp.dailyCapXp)).to.deep.equal([2100, 2100, 2100])
  })

  it('uses the older of two resources, and the other reports that', async () => {
    await sleep(1_100)
    await apply(resource({ xp: { dailyCapXp: 500 } }, 'a-later-one'))
    await until(async () => (await condition('Ready', 'a-later-one'))?.reason === 'AnotherResource', 5_000)
    expect((await payload())?.spec.xp?.dailyCapXp).to.equal(2100)
    await kubectl(['delete', 'rb', 'a-later-one', '-n', namespace])
  })

  it('returns every reader to the defaults when the resource is deleted', async () => {
    await kubectl(['delete', 'rb', 'school', '-n', namespace])
    await until(() => readers.every((one) => one.current().xp.dailyCapXp === 1500), 5_000)
  })

  it('is taken over by the second operator within 3 s after a stop and within 20 s after kill -9', async () => {
    await apply(cap(901))
    const second = await run('two')
    expect(await second.leads()).to.equal(false)
    let at = performance.now()
    await operator.end('SIGTERM')
    await until(() => second.leads(), 3_000)
    console.log(`      after SIGTERM another leads in ${(performance.now() - at).toFixed(0)} ms`)
    operator = await run('three')
    at = performance.now()
    await second.end('SIGKILL')
    await apply(cap(902))
    await until(async () => (await payload())?.spec.xp?.dailyCapXp === 902, 20_000)
    console.log(`      after SIGKILL another writes in ${(performance.now() - at).toFixed(0)} ms`)
  })

  it(`converges without orphaned or duplicate objects when it is killed ${kills} times amid edits`, async () => {
    for (let round = 1; round <= kills; round++) {
      const edit = apply(cap(3000 + round))
      await sleep(Math.random() * 300)
      await operator.end('SIGKILL')
      await edit
      operator = await run('three')
    }
    await until(
      async () => (await payload())?.spec.xp?.dailyCapXp === 3000 + kills && (await condition('Ready'))?.status === 'True',
      20_000,
    )
    const { items } = await read<{ items: { metadata: { name: string } }[] }>(['get', 'configmaps', '-n', namespace])
    expect(items.map(({ metadata }) => metadata.name).sort()).to.deep.equal(['kube-root-ca.crt', names.configMap])
  })
})

/** A pod that is scheduled on no node and whose status says that it runs on this machine, so that no image is needed. */
async function standIn(name: string, host: string, port: number) {
  const labels = { 'repitbot.io/settings': 'live' }
  const container = { name: 'it', image: 'none', ports: [{ name: 'http', containerPort: port }] }
  await apply({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels },
    spec: { schedulerName: 'nobody', containers: [container] },
  })
  const status = { phase: 'Running', podIP: host, podIPs: [{ ip: host }] }
  await kubectl(['patch', 'pod', name, '-n', namespace, '--subresource=status', '--type=merge', '-p', JSON.stringify({ status })])
}
