import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { quantile } from '../fleet/results.ts'
import { type Cluster, until } from './namespace.ts'
import { full } from './release.ts'

const edits = Number(process.env.EDITS ?? 200)
const kills = Number(process.env.KILLS ?? 20)
const watched = ['lesson', 'notification', 'student', 'gateway', 'user', 'bot']
/** Bounds that no load of ours meets. */
const rateLimits = { perMinute: 100_000, anonymousPerMinute: 100_000, byClass: { 'sign-in': 100_000, refresh: 100_000 } }
const resource = (dailyCapXp: number) => ({
  apiVersion: 'repitbot.io/v1alpha1',
  kind: 'RepitBot',
  metadata: { name: 'school' },
  spec: { rateLimits, xp: { dailyCapXp } },
})
type Condition = { type: string; status: string; message: string; observedGeneration?: number }
type RepitBot = { metadata: { generation: number }; status?: { observedGeneration?: number; conditions?: Condition[] } }
type Live = { pod: string; generation: number; at: number }

/** The resource that a run works with, active in every pod. */
export async function settingsApplied(cluster: Cluster): Promise<string> {
  await cluster.apply(resource(1500))
  return propagated(cluster)
}

/** Waits until the resource reports that every pod has its settings; returns its message. */
async function propagated({ kubectl }: Cluster, msMax = 60_000): Promise<string> {
  let message = ''
  await until('the resource does not report that all pods have its settings', msMax, async () => {
    const { metadata, status } = JSON.parse(await kubectl('get', 'rb', 'school', '--output=json')) as RepitBot
    const condition = status?.conditions?.find(({ type }) => type === 'Propagated')
    message = condition?.message ?? ''
    return status?.observedGeneration === metadata.generation && condition?.status === 'True' && message.includes(`${metadata.generation}`)
  })
  return message
}

/** P8: edits one after the other, and when each pod's log says that it lives by them. */
export async function settingsFollow(cluster: Cluster): Promise<string> {
  const proxy = await openProxy()
  const { lives, stop } = await followed(cluster)
  const waits: number[] = []
  try {
    for (let n = 0; n < edits; n++) {
      const begun = Date.now()
      const { metadata } = await proxy.patch(`${proxy.path(cluster)}/school`, { spec: { xp: { dailyCapXp: 2_000 + n } } })
      const pods = () =>
        [...new Set(lives.map(({ pod }) => pod))].map((pod) =>
          lives.find((one) => one.pod === pod && one.generation >= metadata.generation),
        )
      await until(`generation ${metadata.generation} was not live everywhere`, 10_000, async () => pods().every(Boolean), 5)
      waits.push(...pods().map((one) => (one?.at ?? Number.NaN) - begun))
      if (n % 20 === 0) await propagated(cluster)
    }
  } finally {
    stop()
    proxy.close()
  }
  const [p50, p99] = [quantile(waits, 0.5), quantile(waits, 0.99)]
  const figure = `${edits} edits in ${new Set(lives.map(({ pod }) => pod)).size} pods: p50 ${p50} ms, p99 ${p99} ms; ${await propagated(cluster)}`
  if (p50 > 100 || p99 >= 2_000) throw new Error(`${figure} (promised: 100 ms, 2 s)`)
  return figure
}

/** `kubectl proxy`, so that an edit's time is its own and not that of starting a program. */
async function openProxy() {
  const child = spawn('kubectl', ['proxy', '--port=0'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  const origin = `http://${line.split(' ').at(-1)}`
  return {
    path: ({ namespace }: Cluster) => `/apis/repitbot.io/v1alpha1/namespaces/${namespace}/repitbots`,
    async patch(path: string, body: object): Promise<RepitBot> {
      const headers = { 'content-type': 'application/merge-patch+json' }
      const answer = await fetch(origin + path, { method: 'PATCH', headers, body: JSON.stringify(body) })
      if (!answer.ok) throw new Error(await answer.text())
      return (await answer.json()) as RepitBot
    },
    close: () => void child.kill(),
  }
}

/** Follows the settings that every pod reports, from now on; resolves once each pod has reported some. */
async function followed(cluster: Cluster): Promise<{ lives: Live[]; stop(): void }> {
  const lives: Live[] = []
  const children: ChildProcess[] = []
  const pods = await cluster.list('pods', `repitbot.io/settings=live,app.kubernetes.io/component in (${watched.join(',')})`)
  for (const { metadata } of pods) {
    const child = spawn('kubectl', ['--namespace', cluster.namespace, 'logs', '--follow', metadata.name], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    children.push(child)
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!line.includes('Settings are live')) return
      const { generation, time } = JSON.parse(line) as { generation: number; time: string }
      lives.push({ pod: metadata.name, generation, at: Date.parse(time) })
    })
  }
  await until('not every pod ever had settings', 30_000, async () => new Set(lives.map(({ pod }) => pod)).size === pods.length)
  return { lives, stop: () => void children.map((child) => child.kill()) }
}

/** R13, short: killed again and again while the resource is edited, and what it should be in the end. */
export async function operatorKilled(cluster: Cluster): Promise<string> {
  const { kubectl } = cluster
  const selector = 'app.kubernetes.io/component=operator'
  for (let n = 0; n < kills; n++) {
    await cluster.apply(resource(3_000 + n))
    await kubectl('delete', 'pod', '--selector', selector, '--grace-period=0', '--force', '--wait=false')
    await sleep(300)
  }
  await cluster.apply(resource(4_000))
  const message = await propagated(cluster, 120_000)
  const maps = (await cluster.list('configmaps')).filter(({ metadata }) => metadata.name.includes('settings'))
  if (maps.length !== 1) throw new Error(`There are ${maps.length} ConfigMaps with settings`)
  if ((await held(cluster)).spec.xp?.dailyCapXp !== 4_000) throw new Error('The last edit is not active')
  return `${kills} kills; ${message}`
}

type Held = { generation: number; uid: string; spec: { xp?: { dailyCapXp: number } } }
async function held({ kubectl }: Cluster): Promise<Held> {
  return JSON.parse(await kubectl('get', 'configmap', `${full}-settings`, '--output=jsonpath={.data.settings\\.json}')) as Held
}

/** What a hand breaks is mended within two seconds; what pods live by changes only when the resource does. */
export async function driftRepaired(cluster: Cluster): Promise<string> {
  const { kubectl } = cluster
  const name = `${full}-settings`
  const mended = async (what: string) => {
    const begun = Date.now()
    await until(`${what} was not repaired`, 2_000, async () => (await held(cluster)).spec.xp?.dailyCapXp === 4_000, 20)
    return Date.now() - begun
  }
  await kubectl('patch', 'configmap', name, '--type=merge', '--patch', JSON.stringify({ data: { 'settings.json': '{}' } }))
  const edited = await mended('a hand-edited ConfigMap')
  await kubectl('delete', 'configmap', name)
  const deleted = await mended('a deleted ConfigMap')
  await propagated(cluster)
  await kubectl('delete', 'rb', 'school')
  await until('the defaults did not come back', 10_000, async () => (await held(cluster)).uid === '')
  await cluster.apply(resource(1500))
  return `hand-edited: ${edited} ms, deleted: ${deleted} ms; without a resource the defaults; ${await propagated(cluster)}`
}

/** Refused at apply, by a sentence that names the field and the bound. */
export async function badRefused(cluster: Cluster): Promise<string> {
  const boost = { name: 'double', from: '2026-12-05T00:00:00Z', until: '2026-12-07T00:00:00Z', percent: 200, sources: ['lesson'] }
  const bad: [object, RegExp][] = [
    [{ rateLimits: { perMinute: 0 } }, /perMinute.*(greater than or equal to 1|at least 1)/s],
    [{ xp: { levels: { growthPercent: 1.5 } } }, /growthPercent.*integer/s],
    [{ xp: { boosts: [{ ...boost, until: '2026-12-04T00:00:00Z' }] } }, /boosts.*after/s],
    [{ xp: { boosts: [boost, boost] } }, /boosts.*(own|Duplicate)/s],
  ]
  for (const [spec, sentence] of bad) {
    const message = await cluster.apply({ ...resource(1500), spec }).then(
      () => 'nothing',
      (error: Error) => error.message,
    )
    if (!sentence.test(message)) throw new Error(`${JSON.stringify(spec)} was answered by ${message}`)
  }
  return `${bad.length} of ${bad.length}`
}
