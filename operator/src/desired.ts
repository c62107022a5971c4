import type { ConfigMap, RepitBot } from './resource.ts'
import { annotation } from './resource.ts'

/** Everything about one namespace, as one plain value. */
export type Observed = { namespace: string; resources: RepitBot[]; configMap?: ConfigMap }
/** The names that the chart and the operator agree on. */
export type Names = { configMap: string; home: string; helmRelease?: string }
export type DesiredConfigMap = {
  apiVersion: 'v1'
  kind: 'ConfigMap'
  metadata: { name: string; namespace: string; labels: Record<string, string>; annotations: Record<string, string> }
  data: Record<string, string>
}
export type Desired = {
  /** The resource that counts here, if any. */
  inForce?: RepitBot
  /** Younger ones of the same namespace. */
  others: RepitBot[]
  isPaused: boolean
  /** The value of the reconcile-now annotation, when it was not obeyed yet. */
  reconcileNow?: string
  /** What the ConfigMap should be; nothing where there is neither a resource nor anything to bring back to the defaults. */
  configMap?: DesiredConfigMap
}

export const settingsKey = 'settings.json'

/** What should be, from what is. Pure. */
export function desired(observed: Observed, names: Names): Desired {
  const [inForce, ...others] = observed.resources.filter(({ metadata }) => !metadata.deletionTimestamp).toSorted(byAge)
  const asked = inForce?.metadata.annotations ?? {}
  const now = asked[annotation.reconcileNow]
  const isOurs = inForce || observed.configMap || observed.namespace === names.home
  return {
    inForce,
    others,
    isPaused: asked[annotation.paused] === 'true',
    ...(now !== undefined && now !== inForce?.status?.lastReconcileNow && { reconcileNow: now }),
    ...(isOurs && { configMap: configMapOf(observed.namespace, inForce, names) }),
  }
}

/** The older is in force; of the same second, the one whose name comes first. */
const byAge = ({ metadata: a }: RepitBot, { metadata: b }: RepitBot) =>
  a.creationTimestamp.localeCompare(b.creationTimestamp) || a.name.localeCompare(b.name)

/** Without a resource it holds nothing of its own, so every pod has the defaults and its environment. */
function configMapOf(namespace: string, inForce: RepitBot | undefined, names: Names): DesiredConfigMap {
  const helm = namespace === names.home ? names.helmRelease : undefined
  const payload = { generation: inForce?.metadata.generation ?? 0, uid: inForce?.metadata.uid ?? '', spec: inForce?.spec ?? {} }
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

/** Whether everything of ours in the ConfigMap is as it should be; what others wrote beside it is theirs. */
export function isApplied(configMap: ConfigMap | undefined, { metadata, data }: DesiredConfigMap): boolean {
  const holds = (has: Record<string, string> | undefined, should: Record<string, string>) =>
    Object.entries(should).every(([key, value]) => has?.[key] === value)
  return (
    configMap !== undefined &&
    holds(configMap.data, data) &&
    holds(configMap.metadata.labels, metadata.labels) &&
    holds(configMap.metadata.annotations, metadata.annotations)
  )
}

/** Whether these settings were applied once already, so that another hand must have changed the ConfigMap. */
export const wasApplied = ({ metadata, status }: RepitBot): boolean =>
  status?.observedGeneration === metadata.generation &&
  (status?.conditions ?? []).some(({ type, status: isSo }) => type === 'ConfigApplied' && isSo === 'True')
