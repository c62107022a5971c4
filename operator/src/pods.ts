import { Agent, request } from 'undici'
import type { Kept } from './kernel/reflector.ts'

/** A pod that reads the settings, as far as it is of interest. */
export type Pod = Kept & { url?: string }
type ApiPod = Kept & {
  metadata: { deletionTimestamp?: string }
  spec: { containers: { ports?: { name?: string; containerPort: number }[] }[] }
  status?: { phase?: string; podIP?: string }
}
export type Source = { uid: string; generation: number }

/** A pod that has ended or is leaving is not asked; one that has no address yet is counted, and does not have the settings. */
export function keepPod(given: Kept): Pod {
  const { metadata, spec, status } = given as ApiPod
  const { name, namespace, uid, resourceVersion } = metadata
  const kept = { metadata: { name, namespace, uid, resourceVersion } }
  if (metadata.deletionTimestamp || status?.phase === 'Succeeded' || status?.phase === 'Failed') return kept
  const port = spec.containers.flatMap(({ ports = [] }) => ports).find((one) => one.name === 'http')?.containerPort
  const host = status?.podIP?.includes(':') ? `[${status.podIP}]` : status?.podIP
  return { ...kept, url: host && port ? `http://${host}:${port}/health/ready` : '' }
}
export const isCounted = (pod: Pod): boolean => pod.url !== undefined

const askMsMax = 1_000
const atOnce = 10

/** Asks pods which settings they have: each answers it beside its readiness, ready or not. */
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
    /** How many of these pods have at least this generation of this resource. */
    async count(pods: Pod[], source: Source): Promise<number> {
      const left = [...pods]
      let there = 0
      const ask = async () => {
        for (let pod = left.pop(); pod; pod = left.pop()) if (await has(pod, source)) there++
      }
      await Promise.all(Array.from({ length: atOnce }, ask))
      return there
    },
    close: () => agent.destroy(),
  }
}
