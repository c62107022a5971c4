import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { until } from '@repitbot/kit/testing/until'
import { expect } from 'chai'
import { type Api, kubeConfig, openApi } from '../../operator/src/kernel/api.ts'
import type { ConfigMap, RepitBot } from '../../operator/src/resource.ts'
import { bundleProgram } from '../bundle.ts'
import { account, kubectl } from './cluster.ts'
import { type Running, runOperator } from './operators.ts'
import { operatorRules } from './rights.ts'

// P9 on a cluster: RESOURCES (1,000) resources, one a namespace, from cold.

const count = Number(process.env.RESOURCES ?? 1_000)
const run = randomBytes(4).toString('hex')
const home = `repitbot-many-${run}`
const label = `repitbot-many=${run}`
const coldMsMax = 20_000
const rssMbMax = 128

describe('on a cluster: the operator of many namespaces', function () {
  this.timeout(900_000)
  let api: Api
  let rights: Awaited<ReturnType<typeof account>>
  let operator: Running | undefined

  before(async () => {
    await kubectl(['apply', '-f', 'charts/repitbot/files/crd.yaml'])
    api = await openApi(kubeConfig())
    await makeNamespaces(api)
    rights = await account('operator', home, operatorRules('repitbot-settings', 'repitbot-operator'), true)
  })
  after(async () => {
    await operator?.end('SIGTERM')
    await kubectl(['delete', 'namespaces', '-l', label, '--wait=false'])
    await rights?.remove()
    await api?.close()
  })

  it(`has ${count} resources applied within ${coldMsMax / 1000} s from cold, in at most ${rssMbMax} MB`, async () => {
    const bundle = await bundleProgram('operator/src/main.ts')
    const begun = performance.now()
    operator = await runOperator('one', { KUBECONFIG: rights.kubeconfig, POD_NAMESPACE: home, WATCH_NAMESPACE: '*' }, bundle.path)
    // Asking the API server all the time for all of them would be most of its work.
    const writes = async () =>
      sum(await (await fetch(`${operator?.url}/metrics`)).text(), /^rest_client_requests_total\{.*PATCH.*\} (\d+)$/gm)
    await until(async () => (await sleep(100)) ?? (await writes()) >= 2 * count, 120_000)
    const list = await api.get<{ items: RepitBot[] }>('/apis/repitbot.io/v1alpha1/repitbots')
    const done = list.items.filter(({ metadata, status }) => isOurs(metadata.namespace) && status?.observedGeneration === 1)
    expect(done).to.have.length(count)
    const coldMs = performance.now() - begun
    const maps = await api.get<{ items: ConfigMap[] }>('/api/v1/configmaps?fieldSelector=metadata.name=repitbot-settings')
    const rssMb = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${operator.child.pid}/status`, 'utf8'))?.[1]) / 1024
    console.log(`      P9 on the cluster: ${(coldMs / 1000).toFixed(1)} s from cold, ${rssMb.toFixed(0)} MB`)
    bundle.remove()
    expect(maps.items.filter(({ metadata }) => isOurs(metadata.namespace))).to.have.length(count + 1)
    expect(coldMs).to.be.at.most(coldMsMax)
    expect(rssMb).to.be.at.most(rssMbMax)
  })
})

const sum = (text: string, figure: RegExp) => [...text.matchAll(figure)].reduce((all, [, value]) => all + Number(value), 0)
const nameOf = (index: number) => `${home}-${index}`
const isOurs = (namespace: string) => namespace.startsWith(home)

/** A thousand namespaces with a resource each, eight at a time. */
async function makeNamespaces(api: Api) {
  const labels = Object.fromEntries([label.split('=')])
  await api.create('/api/v1/namespaces', { metadata: { name: home, labels } })
  let next = 0
  const make = async () => {
    for (let index = next++; index < count; index = next++) {
      await api.create('/api/v1/namespaces', { metadata: { name: nameOf(index), labels } })
      const resource = { apiVersion: 'repitbot.io/v1alpha1', kind: 'RepitBot', metadata: { name: 'school' }, spec: {} }
      await api.create(`/apis/repitbot.io/v1alpha1/namespaces/${nameOf(index)}/repitbots`, resource)
    }
  }
  await Promise.all(Array.from({ length: 8 }, make))
}
