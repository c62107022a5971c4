import { close, environmentOf, type Stores, stores } from './stores.ts'

let opened: Stores | undefined

/** Once for a whole run of mocha: the stores that every test's world is opened on, unless the environment names some. */
export async function mochaGlobalSetup(): Promise<void> {
  if (process.env.TEST_POSTGRES_URL) return
  opened = await stores()
  Object.assign(process.env, environmentOf(opened))
}

export async function mochaGlobalTeardown(): Promise<void> {
  if (opened) await close(opened)
  // Something that a test left open would keep the run from ending, for ever.
  setTimeout(() => {
    console.error(`A test left something open: ${[...new Set(process.getActiveResourcesInfo())].join(', ')}`)
    process.exit()
  }, 10_000).unref()
}
