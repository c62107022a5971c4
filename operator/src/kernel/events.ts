import type { Log } from '@repitbot/kit/log'
import type { Api } from './api.ts'
import { fieldManager } from './api.ts'
import { rest } from './backoff.ts'
import { microTime } from './election.ts'

export type Regarding = { apiVersion: string; kind: string; name: string; namespace: string; uid: string }
export type Told = { regarding: Regarding; type: 'Normal' | 'Warning'; reason: string; action: string; note: string }
export type Events = { tell(event: Told): void; close(): Promise<void> }

const sameMs = 600_000
const waitingMax = 2_000
const everyMs = 20

/** Tells events one after another, at most fifty a second: they are the least of what is asked of the API server, and may be lost. The same is told once in ten minutes. */
export function openEvents(api: Api, identity: string, log: Log): Events {
  const told = new Map<string, number>()
  const waiting: Told[] = []
  const ending = new AbortController()
  let count = 0
  let running: Promise<void> | undefined

  const send = async () => {
    for (let event = waiting.shift(); event; event = waiting.shift()) {
      await api
        .create(`/apis/events.k8s.io/v1/namespaces/${event.regarding.namespace}/events`, eventOf(event, identity, count++))
        .catch((error: unknown) => log.debug({ error: String(error) }, 'An event was lost'))
      if (!ending.signal.aborted) await rest(everyMs, ending.signal)
    }
    running = undefined
  }
  return {
    tell(event) {
      const now = Date.now()
      for (const [key, at] of told) {
        if (now - at < sameMs) break
        told.delete(key)
      }
      const key = `${event.regarding.uid} ${event.reason} ${event.note}`
      if (told.has(key) || waiting.length >= waitingMax) return
      told.set(key, now)
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

const eventOf = ({ regarding, type, reason, action, note }: Told, identity: string, count: number) => ({
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
