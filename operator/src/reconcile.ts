import { type DesiredState, desiredState, isApplied, type Names, type Observed, wasApplied } from './desired.ts'
import type { Api } from './kernel/api.ts'
import type { Events, KubeEvent } from './kernel/events.ts'
import { isCounted, type Pod, type Source } from './pods.ts'
import { apiVersion, type ConfigMap, kind, plural, type RepitBot } from './resource.ts'
import { type Count, isUpToDate, type Observation, statusOf } from './status.ts'

export type ReconcilerDeps = {
  api: Api
  names: Names
  /** The cached state of a namespace. */
  observe: (namespace: string) => Observed & { pods: Pod[] }
  countPods: (pods: Pod[], source: Source) => Promise<number>
  events: Events
  /** False as soon as another process may lead. */
  mayWrite: () => boolean
  now: () => Date
  pendingWrites: PendingWrites
}
export type PendingWrites = ReturnType<typeof openPendingWrites>

/** The ConfigMaps that this process has written and the watch has not shown yet. Without them each own write would look like drift. */
export function openPendingWrites(msMax = 2_000) {
  const written = new Map<string, { configMap: ConfigMap; at: number }>()
  return {
    add: (configMap: ConfigMap) => void written.set(configMap.metadata.namespace, { configMap, at: Date.now() }),
    /** Called with each watch event of a ConfigMap. */
    onWatchEvent({ metadata: { namespace, resourceVersion } }: ConfigMap) {
      const own = written.get(namespace)
      if (own && BigInt(resourceVersion) >= BigInt(own.configMap.metadata.resourceVersion)) written.delete(namespace)
    },
    in(namespace: string): ConfigMap | undefined {
      const own = written.get(namespace)
      if (own && Date.now() - own.at > msMax) written.delete(namespace)
      return written.get(namespace)?.configMap
    },
    msMax,
  }
}

const requeueMsMin = 50
const requeueMsMax = 15_000

/** Reconciles one namespace: observes it, computes the desired state, applies what differs, updates the status. Repeating it changes nothing. */
export function openReconciler(deps: ReconcilerDeps) {
  /** For each namespace how often its pods were counted while some of them did not have the current settings. */
  const waits = new Map<string, { source: string; times: number }>()

  return async (namespace: string): Promise<{ requeueAfterMs?: number } | undefined> => {
    const cached = deps.observe(namespace)
    const observed = { ...cached, configMap: deps.pendingWrites.in(namespace) ?? cached.configMap }
    const desired = desiredState(observed, deps.names)
    const fault = desired.isPaused ? undefined : await applyConfigMap(deps, observed, desired)
    const { active } = desired
    for (const other of desired.others) {
      const older = active?.metadata.name
      await updateStatus(deps, other, { isPaused: false, older, count: { updated: 0, total: 0 }, configMap: '' })
      deps.events.record(toEvent(other, 'Warning', 'NotInForce', `${older} is older and therefore active; delete one of the two`))
    }
    if (!active) {
      waits.delete(namespace)
      if (fault) throw fault
      return afterPendingWrite(namespace)
    }
    const { uid, generation = 0 } = active.metadata
    const pods = observed.pods.filter(isCounted)
    const count: Count = { updated: await deps.countPods(pods, { uid, generation }), total: pods.length }
    await updateStatus(deps, active, { fault: fault?.message, isPaused: desired.isPaused, count, configMap: deps.names.configMap })
    if (fault) throw fault
    return requeueAfter(namespace, `${uid} ${generation}`, count)
  }

  /** Requeues with growing waits until every pod has the settings. */
  function requeueAfter(namespace: string, source: string, { updated, total }: Count) {
    if (updated === total) {
      waits.delete(namespace)
      return afterPendingWrite(namespace)
    }
    const before = waits.get(namespace)
    const times = before?.source === source ? before.times + 1 : 0
    waits.set(namespace, { source, times })
    return { requeueAfterMs: Math.min(requeueMsMax, requeueMsMin * 1.6 ** times) }
  }

  /** A write that the watch does not show in time is checked again. */
  function afterPendingWrite(namespace: string) {
    return deps.pendingWrites.in(namespace) && { requeueAfterMs: deps.pendingWrites.msMax }
  }
}

/** Writes the ConfigMap when it differs from the desired one, or when the annotation reconcile-now asks for it. Returns the error, if any. */
async function applyConfigMap(
  { api, names, events, mayWrite, pendingWrites }: ReconcilerDeps,
  observed: Observed,
  { configMap, active, reconcileNow }: DesiredState,
): Promise<Error | undefined> {
  if (!configMap || (isApplied(observed.configMap, configMap) && reconcileNow === undefined) || !mayWrite()) return undefined
  try {
    pendingWrites.add(await api.apply<ConfigMap>(`/api/v1/namespaces/${observed.namespace}/configmaps/${names.configMap}`, configMap))
  } catch (error) {
    const fault = error as Error
    if (active) events.record(toEvent(active, 'Warning', 'ApplyFailed', fault.message.slice(0, 1000)))
    return fault
  }
  if (active) {
    const isDrift = wasApplied(active) && reconcileNow === undefined
    const repaired = `ConfigMap ${names.configMap} was changed or deleted from outside and is restored`
    const applied = `ConfigMap ${names.configMap} holds generation ${active.metadata.generation}`
    events.record(isDrift ? toEvent(active, 'Warning', 'Repaired', repaired) : toEvent(active, 'Normal', 'Applied', applied))
  }
  return undefined
}

async function updateStatus({ api, events, mayWrite, now }: ReconcilerDeps, resource: RepitBot, observation: Observation) {
  const status = statusOf(resource, observation, now())
  if (isUpToDate(resource, status) || !mayWrite()) return
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
  if (observation.count.total > 0 && ready?.status === 'True' && (isNew || before?.status !== 'True'))
    events.record(toEvent(resource, 'Normal', 'Live', ready.message))
}

const toEvent = ({ metadata: { name, namespace, uid } }: RepitBot, type: KubeEvent['type'], reason: string, note: string): KubeEvent => ({
  regarding: { apiVersion, kind, name, namespace, uid },
  type,
  reason,
  action: 'Reconcile',
  note,
})
