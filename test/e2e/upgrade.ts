import { setTimeout as sleep } from 'node:timers/promises'
import { openLoad } from './load.ts'
import { type Cluster, until } from './namespace.ts'
import { full, helm, imageOf, install, release, type Values } from './release.ts'

type Deployment = {
  spec: { replicas: number }
  status: { updatedReplicas?: number; replicas?: number; availableReplicas?: number; observedGeneration?: number }
  metadata: { generation: number }
}

/** Upgrades to another image under load, and back again: nobody's request may fail. */
export async function upgraded(cluster: Cluster, url: string, values: Values, next: string): Promise<string> {
  return underLoad(cluster, url, () => install(cluster, { ...values, image: imageOf(next) }, false))
}

export async function rolledBack(cluster: Cluster, url: string): Promise<string> {
  return underLoad(cluster, url, async () => void (await helm(cluster, 'rollback', release)))
}

async function underLoad(cluster: Cluster, url: string, change: () => Promise<void>): Promise<string> {
  const load = await openLoad(url)
  await sleep(5_000)
  const before = await imagesOf(cluster)
  await change()
  await until('not every deployment was rolled over', 300_000, async () => (await cluster.list<Deployment>('deployments')).every(isRolled))
  await until('old pods are still there', 60_000, async () =>
    (await cluster.list('pods', 'app.kubernetes.io/part-of!=x')).every((pod) => !('deletionTimestamp' in pod.metadata)),
  )
  await sleep(5_000)
  const { answered, slow, failed } = await load.stop()
  const after = await imagesOf(cluster)
  if (before === after) throw new Error('Nothing was rolled over: the image is the same')
  if (failed.length) throw new Error(`${failed.length} of ${answered + failed.length} requests failed:\n${failed.slice(0, 8).join('\n')}`)
  return `0 of ${answered} requests failed, ${slow} of them two seconds under way`
}

const isRolled = ({ metadata, spec, status }: Deployment) =>
  status.observedGeneration === metadata.generation &&
  status.updatedReplicas === spec.replicas &&
  status.replicas === spec.replicas &&
  status.availableReplicas === spec.replicas

const imagesOf = (cluster: Cluster) =>
  cluster.kubectl('get', 'deployments', '--output', 'jsonpath={.items[*].spec.template}').then((text) => text)

/** The gateway alone under load: pods are added, and taken away again when it is over. */
export async function scaled(cluster: Cluster, url: string, values: Values): Promise<string> {
  const autoscaling = {
    enabled: true,
    minReplicas: 1,
    maxReplicas: 3,
    cpuPercent: 100,
    behavior: { scaleDown: { stabilizationWindowSeconds: 5 } },
  }
  const services = { ...(values.services as Values), gateway: { autoscaling } }
  await install(cluster, { ...values, services })
  const ready = async () =>
    (await cluster.list<Deployment>('deployments', 'app.kubernetes.io/component=gateway'))[0]?.status.availableReplicas ?? 0
  const begun = Date.now()
  let isOn = true
  const hammer = async () => {
    while (isOn)
      await fetch(`${url}/health`)
        .then((answer) => answer.arrayBuffer())
        .catch(() => sleep(50))
  }
  const all = Array.from({ length: 8 }, hammer)
  try {
    await until(`${full}-gateway was not scaled up`, 240_000, async () => (await ready()) > 1)
  } finally {
    isOn = false
    await Promise.all(all)
  }
  const up = ((Date.now() - begun) / 1000).toFixed(0)
  const quiet = Date.now()
  await until(`${full}-gateway was not scaled down`, 400_000, async () => (await ready()) === 1)
  return `up after ${up} s of load, down ${((Date.now() - quiet) / 1000).toFixed(0)} s after it`
}
