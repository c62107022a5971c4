import type { ConfigMap, RepitBot } from './resource.ts'
import { annotation } from './resource.ts'

/** The observed state of one namespace. */
export type Observed = { namespace: string; resources: RepitBot[]; configMap?: ConfigMap }
/** The names that the chart and the operator agree on. */
export type Names = { configMap: string; home: string; helmRelease?: string }
export type DesiredConfigMap = {
  apiVersion: 'v1'
  kind: 'ConfigMap'
  metadata: { name: string; namespace: string; labels: Record<string, string>; annotations: Record<string, string> }
  data: Record<string, string>
}
export type DesiredState = {
  /** The active resource: the oldest of the namespace, if any. */
  active?: RepitBot
  /** The other resources of the namespace, which have no effect. */
  others: RepitBot[]
  isPaused: boolean
  /** The value of the reconcile-now annotation, unless it was handled already. */
  reconcileNow?: string
  /** The desired ConfigMap; undefined where there is neither a resource nor a ConfigMap to reset to the defaults. */
  configMap?: DesiredConfigMap
}

export const settingsKey = 'settings.json'

/** Computes the desired state from the observed one. Pure. */
export function desiredState(observed: Observed, names: Names): DesiredState {
  const [active, ...others] = observed.resources.filter(({ metadata }) => !metadata.deletionTimestamp).toSorted(byAge)
  const annotations = active?.metadata.annotations ?? {}
  const now = annotations[annotation.reconcileNow]
  const isManaged = active || observed.configMap || observed.namespace === names.home
  return {
    active,
    others,
    isPaused: annotations[annotation.paused] === 'true',
    ...(now !== undefined && now !== active?.status?.lastReconcileNow && { reconcileNow: now }),
    ...(isManaged && { configMap: configMapOf(observed.namespace, active, names) }),
  }
}

/** The oldest first; of the same second, the one whose name comes first. */
const byAge = ({ metadata: a }: RepitBot, { metadata: b }: RepitBot) =>
  a.creationTimestamp.localeCompare(b.creationTimestamp) || a.name.localeCompare(b.name)

/** Without a resource the ConfigMap holds an empty spec, so every pod uses the defaults and its environment. */
function configMapOf(namespace: string, active: RepitBot | undefined, names: Names): DesiredConfigMap {
  const helm = namespace === names.home ? names.helmRelease : undefined
  const payload = { generation: active?.metadata.generation ?? 0, uid: active?.metadata.uid ?? '', spec: active?.spec ?? {} }
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: names.configMap,
      namespace,
      labels: { 'app.kubernetes.io/part-of': 'repitbot', ...(helm && { 'app.kubernetes.io/managed-by': 'Helm' }) },
      annotations: { ...(helm && { 'meta.helm.sh/release-name': helm, 'meta.helm.sh/release-namespace': namespace }) },
    },
    data: { [settingsKey]: JSON.stringify(payload) },
  }
}

/** Whether the ConfigMap has the desired data, labels and annotations; whatever else others wrote into it is left alone. */
export function isApplied(configMap: ConfigMap | undefined, { metadata, data }: DesiredConfigMap): boolean {
  const includes = (has: Record<string, string> | undefined, should: Record<string, string>) =>
    Object.entries(should).every(([key, value]) => has?.[key] === value)
  return (
    configMap !== undefined &&
    includes(configMap.data, data) &&
    includes(configMap.metadata.labels, metadata.labels) &&
    includes(configMap.metadata.annotations, metadata.annotations)
  )
}

/** Whether this generation was applied before; if the ConfigMap differs all the same, something else has changed it (drift). */
export const wasApplied = ({ metadata, status }: RepitBot): boolean =>
  status?.observedGeneration === metadata.generation &&
  (status?.conditions ?? []).some(({ type, status: state }) => type === 'ConfigApplied' && state === 'True')
