import { setTimeout as sleep } from 'node:timers/promises'

/** One request: when it was due (ms since the load began), how long after that it was answered, and with what; 0 is no answer. */
export type Answered = { dueMs: number; ms: number; status: number }

/** Sends at a steady rate whether or not answers come, so that a slow answer cannot hide the ones behind it. `work` answers the status. */
export async function steady(perSecond: number, seconds: number, work: (n: number) => Promise<number>): Promise<Answered[]> {
  const begun = performance.now()
  const asked: Promise<Answered>[] = []
  for (let n = 0; n < perSecond * seconds; n++) {
    const dueMs = (n * 1000) / perSecond
    const wait = begun + dueMs - performance.now()
    if (wait > 1) await sleep(wait)
    const sent = performance.now()
    asked.push(work(n).then((status) => ({ dueMs, ms: performance.now() - sent, status })))
  }
  return Promise.all(asked)
}

/** Runs `work` over the items, so many at once. */
export async function together<T>(items: readonly T[], width: number, work: (item: T, n: number) => Promise<void>): Promise<void> {
  let next = 0
  const worker = async () => {
    for (let n = next++; n < items.length; n = next++) await work(items[n] as T, n)
  }
  await Promise.all(Array.from({ length: width }, worker))
}
