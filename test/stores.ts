import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePorts } from '../start/processes.ts'
import { layPostgres, runPostgres } from './stores/postgres.ts'
import { isAlive, isRunning, kill, processesIn, type Running, stop } from './stores/process.ts'
import { layRabbit, runRabbit } from './stores/rabbitmq.ts'
import { runRedis } from './stores/redis.ts'
import { layTls, type Tls } from './stores/tls.ts'

/**
 * Real Postgres, RabbitMQ and Redis on private ports, with temporary data. `tls` has their TLS ports and the files of their
 * certificates. `owner` is the process at whose end they are stopped, if there is one.
 */
export type Stores = {
  postgresUrl: string
  amqpUrl: string
  redisUrl: string
  tls: Tls & { ports: { amqps: number; rediss: number } }
  pids: number[]
  dir: string
  owner?: number
}
/** The environment variables by which tests find the stores. */
export const environmentOf = ({ postgresUrl, amqpUrl, redisUrl, tls }: Stores) => ({
  TEST_POSTGRES_URL: postgresUrl,
  TEST_AMQP_URL: amqpUrl,
  TEST_REDIS_URL: redisUrl,
  TEST_TLS: JSON.stringify(tls),
})

const records = join(import.meta.dirname, '..', '.stores')
const shared = join(records, 'stores.json')

/** The stores that `node test/stores.ts up` has started, or else new ones that are stopped with this process. */
export async function stores(): Promise<Stores> {
  await sweep()
  return living(shared) ?? (await open(join(records, `of-${process.pid}.json`), process.pid))
}

/** Stops the stores of this process; shared ones are stopped by `down`. */
export async function close(opened: Stores): Promise<void> {
  if (opened.owner === process.pid) await remove(join(records, `of-${process.pid}.json`), opened)
}

async function open(record: string, owner?: number): Promise<Stores> {
  const dir = mkdtempSync(join(tmpdir(), 'repitbot-stores-'))
  chmodSync(dir, 0o755)
  const [postgresPort = 0, amqp = 0, distribution = 0, epmd = 0, redisPort = 0, amqps = 0, rediss = 0] = await freePorts(7)
  const ports = { amqp, distribution, epmd }
  const files = layTls(dir)
  layRabbit(dir, ports, { ...files, port: amqps })
  const begun = await Promise.allSettled([
    runRabbit(dir, ports),
    runRedis(dir, redisPort, { ...files, port: rediss }),
    layPostgres(dir).then(() => runPostgres(dir, postgresPort, files)),
  ])
  const pids = begun.flatMap((one) => (one.status === 'fulfilled' ? one.value.pids : []))
  const failed = begun.find((one) => one.status === 'rejected')
  if (failed) {
    await stop(processesIn(dir), dir, 'SIGQUIT')
    rmSync(dir, { recursive: true, force: true })
    throw failed.reason
  }
  const [rabbit, redis, postgres] = begun.map((one) => (one as PromiseFulfilledResult<Running>).value) as [Running, Running, Running]
  const urls = { postgresUrl: postgres.url, amqpUrl: rabbit.url, redisUrl: redis.url }
  const opened: Stores = { ...urls, tls: { ...files, ports: { amqps, rediss } }, pids, dir, ...(owner && { owner }) }
  mkdirSync(records, { recursive: true })
  writeFileSync(record, `${JSON.stringify(opened, null, 2)}\n`)
  if (owner) process.once('exit', () => endNow(record, opened))
  return opened
}

function living(record: string): Stores | undefined {
  if (!existsSync(record)) return undefined
  const found = JSON.parse(readFileSync(record, 'utf8')) as Stores
  // Stores that an older version of this file has started have no TLS.
  return 'tls' in found && found.pids.every((pid) => isAlive(pid, found.dir)) ? found : undefined
}

async function remove(record: string, { pids, dir }: Stores): Promise<void> {
  await stop(pids, dir, 'SIGQUIT')
  rmSync(dir, { recursive: true, force: true })
  rmSync(record, { force: true })
}

/** Kills the stores when the process exits without `close`, where nothing asynchronous can run any more. */
function endNow(record: string, { pids, dir }: Stores): void {
  if (!existsSync(record)) return
  for (const pid of pids) if (isAlive(pid, dir)) kill(pid, 'SIGKILL')
  rmSync(dir, { recursive: true, force: true })
  rmSync(record, { force: true })
}

/** Stops stores whose owner was killed before it could stop them. */
async function sweep(): Promise<void> {
  const names = existsSync(records) ? readdirSync(records).filter((name) => name.startsWith('of-')) : []
  for (const record of names.map((name) => join(records, name))) {
    const left = JSON.parse(readFileSync(record, 'utf8')) as Stores
    if (!left.owner || !isRunning(left.owner)) await remove(record, left)
  }
}

async function up(): Promise<Stores> {
  await sweep()
  const found = living(shared)
  if (found) return found
  await down()
  return open(shared)
}

async function down(): Promise<void> {
  await sweep()
  if (existsSync(shared)) await remove(shared, JSON.parse(readFileSync(shared, 'utf8')) as Stores)
}

if (import.meta.main) {
  const [verb] = process.argv.slice(2)
  if (verb === 'up') console.log(JSON.stringify(await up(), null, 2))
  else if (verb === 'down') await down()
  else if (verb === 'sweep') await sweep()
  else if (verb === 'status') console.log(JSON.stringify(living(shared) ?? 'down', null, 2))
  else throw new Error('use: node test/stores.ts up | down | sweep | status')
}
