import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { migrate } from '../migrate.ts'
import { allMigrations, type Migrated } from '../migrations.ts'
import type { DatabaseAddress } from '../pool.ts'

/** The addresses of the real stores of the tests; test/setup.ts starts them and sets these variables. */
export function storeUrls() {
  const { TEST_POSTGRES_URL: postgres, TEST_AMQP_URL: amqp, TEST_REDIS_URL: redis } = process.env
  if (!postgres || !amqp || !redis) throw new Error('The test stores are not up: run the tests by `make test` or through .mocharc.json')
  return { postgres, amqp, redis }
}

export const rolePassword = 'throw-away'

export function ownerAddress(database: string): DatabaseAddress {
  const url = new URL(storeUrls().postgres)
  return {
    host: url.hostname,
    port: Number(url.port),
    database,
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  }
}

/** For many statements of one test: a connection for each of them would take longer than the statement. */
export function ownerPool(database: string): pg.Pool {
  const pool = new pg.Pool({ ...ownerAddress(database), max: 2 })
  // A test may end the connections of its database; the next statement opens another.
  pool.on('error', () => {})
  return pool
}

export async function withOwner<T>(database: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(ownerAddress(database))
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Runs `work` while a database has no connection and refuses new ones, as when its server is away. */
export async function withDatabaseAway<T>(name: string, work: () => Promise<T>): Promise<T> {
  const allow = (whether: boolean) => withOwner('postgres', (client) => client.query(`alter database ${name} allow_connections ${whether}`))
  await allow(false)
  await withOwner('postgres', (client) => client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]))
  try {
    return await work()
  } finally {
    await allow(true)
  }
}

/** Makes a database with the schemas of the services, copied from a template that is migrated once for each set of migrations. */
export async function throwAwayDatabase(name: string, services: Migrated[]): Promise<void> {
  const how = readFileSync(join(import.meta.dirname, '..', 'migrate.ts'), 'utf8')
  const content = how + JSON.stringify(services.map((service) => [service.name, allMigrations(service)]))
  const template = `template_${createHash('sha256').update(content).digest('hex').slice(0, 16)}`
  await withOwner('postgres', async (client) => {
    await client.query('select pg_advisory_lock(hashtext($1))', ['templates'])
    const { rowCount } = await client.query('select from pg_database where datname = $1', [template])
    if (!rowCount) await makeTemplate(client, template, services)
    await client.query(`create database ${name} template ${template}`)
  })
}

/** The template gets its name last, so that an unfinished one is never used. */
async function makeTemplate(client: pg.Client, template: string, services: Migrated[]) {
  const unfinished = `${template}_making`
  await client.query(`drop database if exists ${unfinished} with (force)`)
  await client.query(`create database ${unfinished}`)
  for (const service of services) await migrate(service, ownerAddress(unfinished), rolePassword)
  await client.query(`alter database ${unfinished} rename to ${template}`)
}

export const dropDatabase = (name: string) =>
  withOwner('postgres', (client) => client.query(`drop database if exists ${name} with (force)`))
