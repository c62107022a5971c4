import { setTimeout as sleep } from 'node:timers/promises'

/** One request: when it was due (ms since the load began), how long its answer took, and its status; 0 means no answer. */
export type Timing = { dueMs: number; ms: number; status: number }

/** Sends requests at a steady rate whether or not answers come, so that one slow answer does not delay the next requests. `work` returns the status. */
export async function atRate(perSecond: number, seconds: number, work: (n: number) => Promise<number>): Promise<Timing[]> {
  const begun = performance.now()
  const requests: Promise<Timing>[] = []
  for (let n = 0; n < perSecond * seconds; n++) {
    const dueMs = (n * 1000) / perSecond
    const wait = begun + dueMs - performance.now()
    if (wait > 1) await sleep(wait)
    const sent = performance.now()
    requests.push(work(n).then((status) => ({ dueMs, ms: performance.now() - sent, status })))
  }
  return Promise.all(requests)
}

/** Runs `work` for each item, `width` at a time. */
export async function inParallel<T>(items: readonly T[], width: number, work: (item: T, n: number) => Promise<void>): Promise<void> {
  let next = 0
  const worker = async () => {
    for (let n = next++; n < items.length; n = next++) await work(items[n] as T, n)
  }
  await Promise.all(Array.from({ length: width }, worker))
}
