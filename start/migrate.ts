import { describeFault, isCertificateFault } from '@repitbot/kit/certificate'
import { ConfigFault, environment, readCommon, startProcess } from '@repitbot/kit/config'
import { migrate } from '@repitbot/kit/migrate'
import type { DatabaseAddress } from '@repitbot/kit/pool'
import pg from 'pg'
import { say } from './screen.ts'
import { services } from './services.ts'

const patienceMs = 10 * 60_000
const retryMs = 1_000
/** The server is not there yet, or says that it is only starting. */
const away = /^(ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|57P0)/

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
    await reached(owner)
    await migrate(service, owner, config.POSTGRES_PASSWORD)
    say(`${service.name}: up to date`)
  }
})

/** Waits for the database to be there; a database that is there and lets nobody in is for a person to mend. */
async function reached(owner: DatabaseAddress): Promise<void> {
  const where = `${owner.user}@${owner.host}:${owner.port}/${owner.database}`
  const begun = Date.now()
  for (let told = false; ; told = true) {
    const fault = await tried(owner)
    if (!fault) return
    const isAway = away.test(fault.code) || /timeout|terminated/i.test(fault.message)
    if (!isAway || Date.now() - begun > patienceMs)
      throw new ConfigFault(`POSTGRES_HOST, POSTGRES_OWNER_USER, POSTGRES_OWNER_PASSWORD: ${where} cannot be used: ${fault.message}`)
    if (!told) say(`Waiting for ${where}: ${fault.message}`)
    await new Promise((resolve) => setTimeout(resolve, retryMs))
  }
}

async function tried(owner: DatabaseAddress): Promise<{ code: string; message: string } | undefined> {
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
