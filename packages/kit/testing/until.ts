import { setTimeout as sleep } from 'node:timers/promises'

/** Waits until the condition is true; throws when that takes too long. */
export async function until(isTrue: () => unknown, msMax = 8_000): Promise<void> {
  for (const startedAt = Date.now(); !(await isTrue()); await sleep(5))
    if (Date.now() - startedAt > msMax) throw new Error(`It did not come within ${msMax} ms`)
}
