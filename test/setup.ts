import { close, type Stores, stores } from './stores.ts'

let opened: Stores | undefined

/** Once for a whole run of mocha: the stores that every test's world is opened on. */
export async function mochaGlobalSetup(): Promise<void> {
  opened = await stores()
  process.env.TEST_POSTGRES_URL = opened.postgresUrl
  process.env.TEST_AMQP_URL = opened.amqpUrl
  process.env.TEST_REDIS_URL = opened.redisUrl
}

export async function mochaGlobalTeardown(): Promise<void> {
  if (opened) await close(opened)
}
