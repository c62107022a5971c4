import { isDeepStrictEqual } from 'node:util'
import type { Condition, ConditionType, RepitBot, Status } from './resource.ts'
import { annotation } from './resource.ts'

/** How many pods have the settings, of all that read settings. */
export type Count = { updated: number; total: number }
export type Observation = {
  /** Why the ConfigMap could not be written, if so. */
  fault?: string
  isPaused: boolean
  /** The name of the active resource of the namespace, when it is not this one. */
  older?: string
  count: Count
  configMap: string
}
type State = Pick<Condition, 'status' | 'reason' | 'message'>

/** Computes the status of one resource. Pure. A condition whose status did not change keeps its transition time. */
export function statusOf(resource: RepitBot, observation: Observation, at: Date): Status {
  const { generation = 0, annotations } = resource.metadata
  const states: Record<ConditionType, State> = {
    ConfigApplied: configAppliedState(observation, generation),
    ...propagationStates(observation, generation),
  }
  const conditions = Object.entries(states).map(([type, state]) => {
    const before = resource.status?.conditions.find((one) => one.type === type)
    const lastTransitionTime = before?.status === state.status ? before.lastTransitionTime : at.toISOString().replace(/\.\d+/, '')
    return { type: type as ConditionType, ...state, observedGeneration: generation, lastTransitionTime }
  })
  const handled = observation.older || observation.isPaused ? resource.status?.lastReconcileNow : annotations?.[annotation.reconcileNow]
  const pods = observation.older ? '-' : `${observation.count.updated}/${observation.count.total}`
  return { observedGeneration: generation, pods, ...(handled !== undefined && { lastReconcileNow: handled }), conditions }
}

/** Whether the resource has this status already. */
export const isUpToDate = (resource: RepitBot, status: Status): boolean => {
  const byType = (one: Status | undefined) => one && { ...one, conditions: one.conditions.toSorted((a, b) => a.type.localeCompare(b.type)) }
  return isDeepStrictEqual(byType(resource.status), byType(status))
}

const notTrue = (reason: string, message: string): State => ({ status: 'False', reason, message })

function configAppliedState({ fault, isPaused, older, configMap }: Observation, generation: number): State {
  if (older) return notTrue('AnotherResource', `${older} is older and therefore active in this namespace; delete one of the two`)
  if (fault) return notTrue('ApplyFailed', fault.slice(0, 1000))
  if (isPaused) return { status: 'Unknown', reason: 'Paused', message: `The annotation ${annotation.paused} stops the operator` }
  return { status: 'True', reason: 'Applied', message: `ConfigMap ${configMap} holds generation ${generation}` }
}

function propagationStates(observation: Observation, generation: number): Record<'Propagated' | 'Ready', State> {
  const { updated, total } = observation.count
  if (observation.older) {
    const state = notTrue('AnotherResource', 'These settings are not active')
    return { Propagated: state, Ready: state }
  }
  const message = `${updated}/${total} pods at generation ${generation}`
  const Propagated: State = updated === total ? { status: 'True', reason: 'EveryPod', message } : notTrue('Waiting', message)
  if (observation.fault) return { Propagated, Ready: notTrue('ApplyFailed', 'The ConfigMap does not hold these settings') }
  if (observation.isPaused) return { Propagated, Ready: notTrue('Paused', `Remove the annotation ${annotation.paused} to continue`) }
  return { Propagated, Ready: updated === total ? { ...Propagated, reason: 'Live' } : Propagated }
}
