import { describeFault, isCertificateFault } from '@repitbot/kit/certificate'
import { ConfigFault, environment, readCommon, startProcess } from '@repitbot/kit/config'
import { migrate } from '@repitbot/kit/migrate'
import type { DatabaseAddress } from '@repitbot/kit/pool'
import pg from 'pg'
import { print } from './screen.ts'
import { services } from './services.ts'

const waitMsMax = 10 * 60_000
const retryMs = 1_000
/** Error codes of a server that is not reachable yet or is still starting. */
const notReady = /^(ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|57P0)/

/**
 * Brings every service's schema up to date as the owner role, as the chart's Job does. `POSTGRES_PASSWORD_<SERVICE>` is the
 * password of that service's runtime role; a service without one gets POSTGRES_PASSWORD.
 */
await startProcess('migrate', async () => {
  for (const service of Object.values(services)) {
    const password = environment[`POSTGRES_PASSWORD_${service.name.toUpperCase()}`] || environment.POSTGRES_PASSWORD
    const config = readCommon(1, { SERVICE_SECRET: 'is-not-needed-here', ...environment, POSTGRES_PASSWORD: password })
    const at = { host: config.POSTGRES_HOST, port: config.POSTGRES_PORT, database: config.POSTGRES_DB, ssl: config.POSTGRES_TLS }
    const owner = { ...at, user: config.POSTGRES_OWNER_USER, password: config.POSTGRES_OWNER_PASSWORD }
    await waitFor(owner)
    await migrate(service, owner, config.POSTGRES_PASSWORD)
    print(`${service.name}: up to date`)
  }
})

/** Waits until the database can be reached. Where it refuses the connection, for example a wrong password, waiting would not help: it throws. */
async function waitFor(owner: DatabaseAddress): Promise<void> {
  const where = `${owner.user}@${owner.host}:${owner.port}/${owner.database}`
  const begun = Date.now()
  for (let isPrinted = false; ; isPrinted = true) {
    const fault = await connectionFault(owner)
    if (!fault) return
    const mayCome = notReady.test(fault.code) || /timeout|terminated/i.test(fault.message)
    if (!mayCome || Date.now() - begun > waitMsMax)
      throw new ConfigFault(`POSTGRES_HOST, POSTGRES_OWNER_USER, POSTGRES_OWNER_PASSWORD: ${where} cannot be used: ${fault.message}`)
    if (!isPrinted) print(`Waiting for ${where}: ${fault.message}`)
    await new Promise((resolve) => setTimeout(resolve, retryMs))
  }
}

async function connectionFault(owner: DatabaseAddress): Promise<{ code: string; message: string } | undefined> {
  const client = new pg.Client({ ...owner, connectionTimeoutMillis: 3_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.end()
    return undefined
  } catch (error) {
    const { code = '', message, errors } = error as Error & { code?: string; errors?: Error[] }
    return { code, message: isCertificateFault(code) ? describeFault(error) : message || (errors?.[0]?.message ?? code) }
  }
}
