import type { Context, RootHookObject, Suite } from 'mocha'
import { close, environmentOf, type Stores, stores } from './stores.ts'

/** With TEST_ORDER=reversed each file runs its tests from the last to the first: a test that leans on the one before it is red. */
export const mochaHooks: RootHookObject = {
  beforeAll(this: Context) {
    if (process.env.TEST_ORDER === 'reversed' && this.test?.parent) reverse(this.test.parent)
  },
}

function reverse(suite: Suite): void {
  suite.tests.reverse()
  suite.suites.reverse()
  for (const one of suite.suites) reverse(one)
}

let opened: Stores | undefined

/** Starts the stores once for a whole run of mocha, unless the environment names some. */
export async function mochaGlobalSetup(): Promise<void> {
  if (process.env.TEST_POSTGRES_URL) return
  opened = await stores()
  Object.assign(process.env, environmentOf(opened))
}

export async function mochaGlobalTeardown(): Promise<void> {
  if (opened) await close(opened)
  // A resource that a test left open would keep mocha from ending.
  setTimeout(() => {
    console.error(`A test left something open: ${[...new Set(process.getActiveResourcesInfo())].join(', ')}`)
    process.exit()
  }, 10_000).unref()
}
