import type { Log } from '@repitbot/kit/log'
import { type Bounds, backoffMs } from './backoff.ts'

export type QueueMetrics = {
  added(): void
  retried(): void
  started(waitedSeconds: number): void
  ended(result: 'success' | 'error' | 'requeue_after', seconds: number): void
}
export type QueueOptions = {
  /** Reconciles one key; may ask to be requeued. When it throws, the key is retried with back-off. */
  reconcile: (key: string) => Promise<{ requeueAfterMs?: number } | undefined>
  workers: number
  log: Log
  metrics: QueueMetrics
  retry?: Bounds
}
export type Queue = {
  add(key: string): void
  depth(): number
  active(): number
  /** Starts or stops taking keys; those in flight are finished. */
  run(isOn: boolean): void
  close(): Promise<void>
}

/** A work queue: a key waits at most once, is never reconciled twice at the same time, and is reconciled once more when it was added meanwhile. */
export function openQueue({ reconcile, workers, log, metrics, retry = { msMin: 200, msMax: 60_000 } }: QueueOptions): Queue {
  const waiting = new Map<string, number>()
  const inFlight = new Set<string>()
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
      if (!isOn || inFlight.size >= workers) return
      if (inFlight.has(key)) continue
      waiting.delete(key)
      inFlight.add(key)
      void processKey(key, since).finally(() => {
        inFlight.delete(key)
        if (inFlight.size === 0) for (const done of idle.splice(0)) done()
        pump()
      })
    }
  }
  const processKey = async (key: string, since: number) => {
    const startedAt = performance.now()
    metrics.started((startedAt - since) / 1000)
    const ended = (result: 'success' | 'error' | 'requeue_after') => metrics.ended(result, (performance.now() - startedAt) / 1000)
    try {
      const { requeueAfterMs } = (await reconcile(key)) ?? {}
      failures.delete(key)
      if (requeueAfterMs !== undefined) addLater(key, requeueAfterMs)
      ended(requeueAfterMs === undefined ? 'success' : 'requeue_after')
    } catch (error) {
      const count = (failures.get(key) ?? 0) + 1
      failures.set(key, count)
      log.warn({ key, failures: count, error: String(error) }, 'A reconciliation failed and is retried')
      metrics.retried()
      addLater(key, backoffMs(count, retry, error))
      ended('error')
    }
  }
  return {
    add,
    depth: () => waiting.size,
    active: () => inFlight.size,
    run(on) {
      isOn = on
      pump()
    },
    async close() {
      isClosed = true
      isOn = false
      waiting.clear()
      for (const timer of later.values()) clearTimeout(timer)
      if (inFlight.size > 0) await new Promise<void>((resolve) => idle.push(resolve))
    },
  }
}
