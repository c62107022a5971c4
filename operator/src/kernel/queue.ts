import type { Log } from '@repitbot/kit/log'
import { type Bounds, backoffMs } from './backoff.ts'

export type QueueMetrics = {
  added(): void
  retried(): void
  started(waitedSeconds: number): void
  ended(result: 'success' | 'error' | 'requeue_after', seconds: number): void
}
export type Queueing = {
  /** Does the work of one key; may ask to be called again later. A throw is tried again with back-off. */
  work: (key: string) => Promise<{ againMs?: number } | undefined>
  workers: number
  log: Log
  metrics: QueueMetrics
  retry?: Bounds
}
export type Queue = {
  add(key: string): void
  depth(): number
  active(): number
  /** Begins or stops taking keys; what is in flight ends. */
  run(isOn: boolean): void
  close(): Promise<void>
}

/** A queue of keys: the same key waits once, is never worked on twice at a time, and is worked on once more when it was added meanwhile. */
export function openQueue({ work, workers, log, metrics, retry = { msMin: 200, msMax: 60_000 } }: Queueing): Queue {
  const waiting = new Map<string, number>()
  const flying = new Set<string>()
  const failures = new Map<string, number>()
  const later = new Map<string, NodeJS.Timeout>()
  const idle: (() => void)[] = []
  let isOn = false
  let isClosed = false

  const add = (key: string) => {
    clearTimeout(later.get(key))
    later.delete(key)
    if (isClosed || waiting.has(key)) return
    waiting.set(key, performance.now())
    metrics.added()
    pump()
  }
  const addLater = (key: string, ms: number) => {
    if (isClosed || waiting.has(key)) return
    clearTimeout(later.get(key))
    later.set(key, setTimeout(add, ms, key))
  }
  const pump = () => {
    for (const [key, since] of waiting) {
      if (!isOn || flying.size >= workers) return
      if (flying.has(key)) continue
      waiting.delete(key)
      flying.add(key)
      void worked(key, since).finally(() => {
        flying.delete(key)
        if (flying.size === 0) for (const done of idle.splice(0)) done()
        pump()
      })
    }
  }
  const worked = async (key: string, since: number) => {
    const begun = performance.now()
    metrics.started((begun - since) / 1000)
    const ended = (result: 'success' | 'error' | 'requeue_after') => metrics.ended(result, (performance.now() - begun) / 1000)
    try {
      const { againMs } = (await work(key)) ?? {}
      failures.delete(key)
      if (againMs !== undefined) addLater(key, againMs)
      ended(againMs === undefined ? 'success' : 'requeue_after')
    } catch (error) {
      const count = (failures.get(key) ?? 0) + 1
      failures.set(key, count)
      log.warn({ key, failures: count, error: String(error) }, 'It failed and is tried again')
      metrics.retried()
      addLater(key, backoffMs(count, retry, error))
      ended('error')
    }
  }
  return {
    add,
    depth: () => waiting.size,
    active: () => flying.size,
    run(on) {
      isOn = on
      pump()
    },
    async close() {
      isClosed = true
      isOn = false
      waiting.clear()
      for (const timer of later.values()) clearTimeout(timer)
      if (flying.size > 0) await new Promise<void>((resolve) => idle.push(resolve))
    },
  }
}
