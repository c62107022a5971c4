import type { Log } from '@repitbot/kit/log'
import type { Api } from './api.ts'
import { fieldManager } from './api.ts'
import { pause } from './backoff.ts'
import { microTime } from './election.ts'

export type Regarding = { apiVersion: string; kind: string; name: string; namespace: string; uid: string }
/** An event of the Kubernetes API: `kubectl describe` shows it at the object that it regards. */
export type KubeEvent = { regarding: Regarding; type: 'Normal' | 'Warning'; reason: string; action: string; note: string }
export type Events = { record(event: KubeEvent): void; close(): Promise<void> }

const sameMs = 600_000
const waitingMax = 2_000
const everyMs = 20

/** Records events one after another, at most fifty a second, so that they do not slow other requests; they may be lost. The same event is recorded once in ten minutes. */
export function openEvents(api: Api, identity: string, log: Log): Events {
  const recordedAt = new Map<string, number>()
  const waiting: KubeEvent[] = []
  const ending = new AbortController()
  let count = 0
  let running: Promise<void> | undefined

  const send = async () => {
    for (let event = waiting.shift(); event; event = waiting.shift()) {
      await api
        .create(`/apis/events.k8s.io/v1/namespaces/${event.regarding.namespace}/events`, toApiObject(event, identity, count++))
        .catch((error: unknown) => log.debug({ error: String(error) }, 'An event was lost'))
      if (!ending.signal.aborted) await pause(everyMs, ending.signal)
    }
    running = undefined
  }
  return {
    record(event) {
      const now = Date.now()
      for (const [key, at] of recordedAt) {
        if (now - at < sameMs) break
        recordedAt.delete(key)
      }
      const key = `${event.regarding.uid} ${event.reason} ${event.note}`
      if (recordedAt.has(key) || waiting.length >= waitingMax) return
      recordedAt.set(key, now)
      waiting.push(event)
      running ??= send()
    },
    async close() {
      waiting.splice(20)
      ending.abort()
      await running
    },
  }
}

const toApiObject = ({ regarding, type, reason, action, note }: KubeEvent, identity: string, count: number) => ({
  apiVersion: 'events.k8s.io/v1',
  kind: 'Event',
  metadata: {
    name: `${regarding.name}.${Date.now().toString(16)}${process.pid.toString(16)}${count.toString(16)}`,
    namespace: regarding.namespace,
  },
  eventTime: microTime(),
  regarding,
  type,
  reason,
  action,
  note,
  reportingController: fieldManager,
  reportingInstance: identity,
})
