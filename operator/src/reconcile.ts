import { type Desired, desired, isApplied, type Names, type Observed, wasApplied } from './desired.ts'
import type { Api } from './kernel/api.ts'
import type { Events, Told } from './kernel/events.ts'
import { isCounted, type Pod, type Source } from './pods.ts'
import { apiVersion, type ConfigMap, kind, plural, type RepitBot } from './resource.ts'
import { type Count, isTold, type Seen, statusOf } from './status.ts'

export type Reconciling = {
  api: Api
  names: Names
  observe: (namespace: string) => Observed & { pods: Pod[] }
  countPods: (pods: Pod[], source: Source) => Promise<number>
  events: Events
  /** False from the moment on when another may lead. */
  mayWrite: () => boolean
  now: () => Date
  /** What was applied and not seen in the watch yet. */
  unseen: Unseen
}
export type Unseen = ReturnType<typeof openUnseen>

/** Our own writes, for the moment until the watch shows them: else each would look like another hand's. */
export function openUnseen(msMax = 2_000) {
  const written = new Map<string, { configMap: ConfigMap; at: number }>()
  return {
    wrote: (configMap: ConfigMap) => void written.set(configMap.metadata.namespace, { configMap, at: Date.now() }),
    /** The watch showed this one, changed or gone. */
    saw({ metadata: { namespace, resourceVersion } }: ConfigMap) {
      const ours = written.get(namespace)
      if (ours && BigInt(resourceVersion) >= BigInt(ours.configMap.metadata.resourceVersion)) written.delete(namespace)
    },
    in(namespace: string): ConfigMap | undefined {
      const ours = written.get(namespace)
      if (ours && Date.now() - ours.at > msMax) written.delete(namespace)
      return written.get(namespace)?.configMap
    },
    msMax,
  }
}

const againMsMin = 50
const againMsMax = 15_000

/** One turn for a namespace: observe, decide, apply what differs, tell. Repeating it changes nothing. */
export function openReconciler(parts: Reconciling) {
  /** How often the pods of a namespace were asked in vain for the settings it has now. */
  const asked = new Map<string, { source: string; times: number }>()

  return async (namespace: string): Promise<{ againMs?: number } | undefined> => {
    const seen = parts.observe(namespace)
    const observed = { ...seen, configMap: parts.unseen.in(namespace) ?? seen.configMap }
    const want = desired(observed, parts.names)
    const fault = want.isPaused ? undefined : await applied(parts, observed, want)
    const { inForce } = want
    for (const other of want.others) {
      await tellStatus(parts, other, { isPaused: false, older: inForce?.metadata.name, count: { there: 0, all: 0 }, configMap: '' })
      parts.events.tell(event(other, 'Warning', 'NotInForce', `${inForce?.metadata.name} is older and in force; delete one of the two`))
    }
    if (!inForce) {
      asked.delete(namespace)
      if (fault) throw fault
      return parts.unseen.in(namespace) && { againMs: parts.unseen.msMax }
    }
    const { uid, generation = 0 } = inForce.metadata
    const pods = observed.pods.filter(isCounted)
    const count: Count = { there: await parts.countPods(pods, { uid, generation }), all: pods.length }
    await tellStatus(parts, inForce, { fault: fault?.message, isPaused: want.isPaused, count, configMap: parts.names.configMap })
    if (fault) throw fault
    return again(namespace, `${uid} ${generation}`, count)
  }

  function again(namespace: string, source: string, { there, all }: Count) {
    const before = asked.get(namespace)
    const times = before?.source === source ? before.times + 1 : 0
    if (there === all) asked.delete(namespace)
    else asked.set(namespace, { source, times })
    const unseen = parts.unseen.in(namespace) && { againMs: parts.unseen.msMax }
    return there === all ? unseen : { againMs: Math.min(againMsMax, againMsMin * 1.6 ** times) }
  }
}

/** Writes the ConfigMap when it is not as it should be, or when that was asked for. Answers what went wrong. */
async function applied(
  { api, names, events, mayWrite, unseen }: Reconciling,
  observed: Observed,
  want: Desired,
): Promise<Error | undefined> {
  const { configMap, inForce, reconcileNow } = want
  if (!configMap || (isApplied(observed.configMap, configMap) && reconcileNow === undefined) || !mayWrite()) return undefined
  try {
    unseen.wrote(await api.apply<ConfigMap>(`/api/v1/namespaces/${observed.namespace}/configmaps/${names.configMap}`, configMap))
  } catch (error) {
    const fault = error as Error
    if (inForce) events.tell(event(inForce, 'Warning', 'ApplyFailed', fault.message.slice(0, 1000)))
    return fault
  }
  if (inForce) {
    const generation = inForce.metadata.generation
    const repaired = `ConfigMap ${names.configMap} was changed or deleted by another hand and is set right`
    const told = `ConfigMap ${names.configMap} holds generation ${generation}`
    const isDrift = wasApplied(inForce) && reconcileNow === undefined
    events.tell(isDrift ? event(inForce, 'Warning', 'Repaired', repaired) : event(inForce, 'Normal', 'Applied', told))
  }
  return undefined
}

async function tellStatus({ api, events, mayWrite, now }: Reconciling, resource: RepitBot, seen: Seen) {
  const status = statusOf(resource, seen, now())
  if (isTold(resource, status) || !mayWrite()) return
  const { name, namespace, uid } = resource.metadata
  await api.apply(`/apis/${apiVersion}/namespaces/${namespace}/${plural}/${name}/status`, {
    apiVersion,
    kind,
    metadata: { name, namespace, uid },
    status,
  })
  const ready = status.conditions.find(({ type }) => type === 'Ready')
  const before = resource.status?.conditions.find(({ type }) => type === 'Ready')
  const isNew = resource.status?.observedGeneration !== status.observedGeneration
  if (seen.count.all > 0 && ready?.status === 'True' && (isNew || before?.status !== 'True'))
    events.tell(event(resource, 'Normal', 'Live', ready.message))
}

const event = ({ metadata: { name, namespace, uid } }: RepitBot, type: Told['type'], reason: string, note: string): Told => ({
  regarding: { apiVersion, kind, name, namespace, uid },
  type,
  reason,
  action: 'Reconcile',
  note,
})
