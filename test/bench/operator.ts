import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Settings } from '@repitbot/contracts/settings'
import { type ApiServer, openApiServer } from '@repitbot/kit/testing/api-server'
import { until } from '@repitbot/kit/testing/until'
import type { RepitBot } from '../../operator/src/resource.ts'
import { bundleProgram } from '../bundle.ts'
import { runOperator } from '../e2e/operators.ts'
import { report } from '../fleet/results.ts'

const count = 1_000
const goals = { coldMs: 5_000, rssMb: 128, connections: 20, idlePerSecond: 1 }
const idleMs = 20_000

/** P9: a thousand resources, one a namespace, on the fake API server over TLS; the operator is a bundled process of its own. */
export async function benchOperator(): Promise<void> {
  const server = await openApiServer()
  const bundle = await bundleProgram('operator/src/main.ts')
  const folder = mkdtempSync(join(tmpdir(), 'repitbot-bench-operator-'))
  try {
    const resource = { apiVersion: 'repitbot.io/v1alpha1', kind: 'RepitBot', spec: Settings.parse({}) }
    for (let index = 0; index < count; index++)
      server.objects.put({ plural: 'repitbots', namespace: `n${index}`, name: 'school' }, resource)
    const KUBECONFIG = join(folder, 'kubeconfig')
    writeFileSync(KUBECONFIG, kubeconfig(server))
    const begun = performance.now()
    const operator = await runOperator('one', { KUBECONFIG, POD_NAMESPACE: 'home', WATCH_NAMESPACE: '*' }, bundle.path)
    await until(async () => (await sleep(50)) ?? isDone(server), 60_000)
    const coldMs = performance.now() - begun
    const cpu = cpuSeconds(operator.child.pid)
    await until(() => isQuiet(server), 120_000)
    const before = server.received.requests.length
    await sleep(idleMs)
    const idle = ((server.received.requests.length - before) * 1000) / idleMs
    const rssMb = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${operator.child.pid}/status`, 'utf8'))?.[1]) / 1024
    await operator.end('SIGTERM')
    const row = (name: string, figure: string, goal: string, met: boolean) => report({ name: `P9 operator, ${name}`, figure, goal, met })
    row(
      '1,000 resources from cold',
      `${(coldMs / 1000).toFixed(1)} s, ${cpu.toFixed(1)} s of CPU`,
      `<= ${goals.coldMs / 1000} s`,
      coldMs <= goals.coldMs,
    )
    row('memory', `${rssMb.toFixed(0)} MB`, `<= ${goals.rssMb} MB`, rssMb <= goals.rssMb)
    row('TLS connections', `${server.received.connections}`, `<= ${goals.connections}`, server.received.connections <= goals.connections)
    row('requests while idle', `${idle.toFixed(2)}/s`, `<= ${goals.idlePerSecond}/s`, idle <= goals.idlePerSecond)
  } finally {
    bundle.remove()
    rmSync(folder, { recursive: true, force: true })
    await server.close()
  }
}

/** CPU time of a process so far; on a busy machine it says more than elapsed time. The kernel counts in hundredths of a second. */
function cpuSeconds(pid: number | undefined): number {
  const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/\(.*\)/, '()')
    .split(' ')
    .slice(13, 15)
  return (Number(user) + Number(system)) / 100
}

function isDone({ objects }: ApiServer): boolean {
  const resources = objects.list('repitbots') as unknown as RepitBot[]
  return objects.list('configmaps').length >= count && resources.every(({ status }) => status?.observedGeneration === 1)
}

/** Kubernetes events are sent later than the rest. */
async function isQuiet({ received }: ApiServer): Promise<boolean> {
  const before = received.requests.length
  await sleep(2_000)
  return received.requests.length - before < 5
}

const kubeconfig = (server: ApiServer) =>
  JSON.stringify({
    clusters: [{ name: 'fake', cluster: { server: server.url, 'certificate-authority-data': Buffer.from(server.ca).toString('base64') } }],
    users: [{ name: 'operator', user: { token: 'a-token' } }],
    contexts: [{ name: 'fake', context: { cluster: 'fake', user: 'operator' } }],
    'current-context': 'fake',
  })
