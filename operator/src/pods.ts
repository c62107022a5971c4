import { Agent, request } from 'undici'
import type { KubeObject } from './kernel/reflector.ts'

/** What the operator caches of a pod that reads the settings. `url` is undefined for a pod that does not count, and empty for one without an address. */
export type Pod = KubeObject & { url?: string }
type ApiPod = KubeObject & {
  metadata: { deletionTimestamp?: string }
  spec: { containers: { ports?: { name?: string; containerPort: number }[] }[] }
  status?: { phase?: string; podIP?: string }
}
export type Source = { uid: string; generation: number }

/** A pod that has ended or is being deleted does not count; one without an address yet counts as not having the settings. */
export function toPod(given: KubeObject): Pod {
  const { metadata, spec, status } = given as ApiPod
  const { name, namespace, uid, resourceVersion } = metadata
  const base = { metadata: { name, namespace, uid, resourceVersion } }
  if (metadata.deletionTimestamp || status?.phase === 'Succeeded' || status?.phase === 'Failed') return base
  const port = spec.containers.flatMap(({ ports = [] }) => ports).find((one) => one.name === 'http')?.containerPort
  const host = status?.podIP?.includes(':') ? `[${status.podIP}]` : status?.podIP
  return { ...base, url: host && port ? `http://${host}:${port}/health/ready` : '' }
}
export const isCounted = (pod: Pod): boolean => pod.url !== undefined

const askMsMax = 1_000
const atOnce = 10

/** Asks pods which settings they have: each reports it with its readiness, ready or not. */
export function openPodReader() {
  const agent = new Agent({ connect: { timeout: askMsMax }, headersTimeout: askMsMax, bodyTimeout: askMsMax, keepAliveTimeout: 1_000 })
  const has = async ({ url }: Pod, { uid, generation }: Source): Promise<boolean> => {
    if (!url) return false
    try {
      const { body } = await request(url, { dispatcher: agent })
      const { settings } = (await body.json()) as { settings?: Source }
      return settings?.uid === uid && settings.generation >= generation
    } catch {
      return false
    }
  }
  return {
    /** Returns how many of these pods have at least this generation of this resource. */
    async count(pods: Pod[], source: Source): Promise<number> {
      const left = [...pods]
      let updated = 0
      const askNext = async () => {
        for (let pod = left.pop(); pod; pod = left.pop()) if (await has(pod, source)) updated++
      }
      await Promise.all(Array.from({ length: atOnce }, askNext))
      return updated
    },
    close: () => agent.destroy(),
  }
}
