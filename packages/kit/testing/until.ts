import { setTimeout as sleep } from 'node:timers/promises'

/** Waits until the condition is true; throws when that takes too long. */
export async function until(isSo: () => unknown, msMax = 8_000): Promise<void> {
  for (const begun = Date.now(); !(await isSo()); await sleep(5))
    if (Date.now() - begun > msMax) throw new Error(`It did not come within ${msMax} ms`)
}
