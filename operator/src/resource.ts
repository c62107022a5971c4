/** The resource that the CRD defines. */
export const group = 'repitbot.io'
export const version = 'v1alpha1'
export const kind = 'RepitBot'
export const plural = 'repitbots'
export const apiVersion = `${group}/${version}`

export type Metadata = {
  name: string
  namespace: string
  uid: string
  resourceVersion: string
  creationTimestamp: string
  generation?: number
  deletionTimestamp?: string
  labels?: Record<string, string>
  annotations?: Record<string, string>
}
export type ConditionType = 'ConfigApplied' | 'Propagated' | 'Ready'
export type Condition = {
  type: ConditionType
  status: 'True' | 'False' | 'Unknown'
  observedGeneration: number
  lastTransitionTime: string
  reason: string
  message: string
}
export type Status = {
  observedGeneration: number
  /** Pods that have these settings, of all that read settings, such as 18/18. */
  pods: string
  /** The last value of the reconcile-now annotation that was handled. */
  lastReconcileNow?: string
  conditions: Condition[]
}
/** The API server has set the defaults and checked the bounds of `spec`. */
export type RepitBot = { metadata: Metadata; spec?: object; status?: Status }
export type ConfigMap = { metadata: Metadata; data?: Record<string, string> }

export const annotation = {
  /** `"true"`: the operator leaves the ConfigMap alone. */
  paused: `${group}/paused`,
  /** Any new value: everything is written and read again at once. */
  reconcileNow: `${group}/reconcile-now`,
}
