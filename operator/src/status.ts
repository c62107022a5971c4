import { isDeepStrictEqual } from 'node:util'
import type { Condition, ConditionType, RepitBot, Status } from './resource.ts'
import { annotation } from './resource.ts'

/** How many pods have the settings, of how many. */
export type Count = { there: number; all: number }
export type Seen = {
  /** Why the ConfigMap is not as it should be, if so. */
  fault?: string
  isPaused: boolean
  /** Another resource of the namespace that is in force in place of this one. */
  older?: string
  count: Count
  configMap: string
}
type Told = Pick<Condition, 'status' | 'reason' | 'message'>

/** The status of one resource. Pure: a condition that stays what it was keeps its time. */
export function statusOf(resource: RepitBot, seen: Seen, at: Date): Status {
  const { generation = 0, annotations } = resource.metadata
  const told: Record<ConditionType, Told> = { ConfigApplied: applied(seen, generation), ...propagated(seen, generation) }
  const conditions = Object.entries(told).map(([type, now]) => {
    const before = resource.status?.conditions.find((one) => one.type === type)
    const lastTransitionTime = before?.status === now.status ? before.lastTransitionTime : at.toISOString().replace(/\.\d+/, '')
    return { type: type as ConditionType, ...now, observedGeneration: generation, lastTransitionTime }
  })
  const now = seen.older || seen.isPaused ? resource.status?.lastReconcileNow : annotations?.[annotation.reconcileNow]
  const pods = seen.older ? '-' : `${seen.count.there}/${seen.count.all}`
  return { observedGeneration: generation, pods, ...(now !== undefined && { lastReconcileNow: now }), conditions }
}

/** Whether writing it would change nothing. */
export const isTold = (resource: RepitBot, status: Status): boolean => {
  const byType = (one: Status | undefined) => one && { ...one, conditions: one.conditions.toSorted((a, b) => a.type.localeCompare(b.type)) }
  return isDeepStrictEqual(byType(resource.status), byType(status))
}

const no = (reason: string, message: string): Told => ({ status: 'False', reason, message })

function applied({ fault, isPaused, older, configMap }: Seen, generation: number): Told {
  if (older) return no('AnotherResource', `${older} is older and in force in this namespace; delete one of the two`)
  if (fault) return no('ApplyFailed', fault.slice(0, 1000))
  if (isPaused) return { status: 'Unknown', reason: 'Paused', message: `The annotation ${annotation.paused} holds the operator back` }
  return { status: 'True', reason: 'Applied', message: `ConfigMap ${configMap} holds generation ${generation}` }
}

function propagated(seen: Seen, generation: number): Record<'Propagated' | 'Ready', Told> {
  const { there, all } = seen.count
  if (seen.older) {
    const told = no('AnotherResource', 'These settings are not in force')
    return { Propagated: told, Ready: told }
  }
  const message = `${there}/${all} pods at generation ${generation}`
  const Propagated: Told = there === all ? { status: 'True', reason: 'EveryPod', message } : no('Waiting', message)
  if (seen.fault) return { Propagated, Ready: no('ApplyFailed', 'The ConfigMap does not hold these settings') }
  if (seen.isPaused) return { Propagated, Ready: no('Paused', `Remove the annotation ${annotation.paused} to go on`) }
  return { Propagated, Ready: there === all ? { ...Propagated, reason: 'Live' } : Propagated }
}
