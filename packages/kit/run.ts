import type { ServiceName } from '@repitbot/contracts/services'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import { amqpBus } from './amqp.ts'
import { remoteKeys } from './auth.ts'
import { environment, readCommon, readConfig, startOrSay } from './config.ts'
import { openLog } from './log.ts'
import { type Migrated, runtimeRole } from './migrations.ts'
import { openService } from './open.ts'
import { openRedis, redisSignals } from './redis.ts'
import type { Service } from './service.ts'
import { openSettings } from './settings.ts'

/**
 * How long a pod goes on answering after it is told to stop, so that nobody still sends to it: the gateway sees it leave within 2 s,
 * and a name stands for its successor once the 5 s that clusters remember names for are over.
 */
const stopMs = 8_000

/** Runs a service in a process of its own, as a pod does: stores and broker from the environment. `migrate` as the argument brings its schema up to date instead. */
export async function run<Deps, Config>(service: Service<Deps, Config>): Promise<void> {
  await startOrSay(service.name, () => (process.argv[2] === 'migrate' ? migrated(service) : served(service)))
}

/** The register of services is read only where no PORT is given: it brings the contracts of all of them, which a pod starts without. */
async function configOf({ name }: { name: string }) {
  if (environment.PORT) return readCommon(Number(environment.PORT))
  const { services } = await import('@repitbot/contracts/services')
  return readCommon(services[name as ServiceName].port)
}

async function migrated(service: Migrated) {
  const { migrate } = await import('./migrate.ts')
  const config = await configOf(service)
  const at = { host: config.POSTGRES_HOST, port: config.POSTGRES_PORT, database: config.POSTGRES_DB, ssl: config.POSTGRES_TLS }
  await migrate(service, { ...at, user: config.POSTGRES_OWNER_USER, password: config.POSTGRES_OWNER_PASSWORD }, config.POSTGRES_PASSWORD)
}

async function served<Deps, Config>(service: Service<Deps, Config>) {
  const config = await configOf(service)
  const own = readConfig(service.config ?? (z.unknown() as z.ZodType<Config>))
  const log = openLog(service.name, config.LOG_LEVEL)
  const settings = await openSettings(environment, config.SETTINGS_FILE, log)
  const credentials = `${encodeURIComponent(config.RABBITMQ_DEFAULT_USER)}:${encodeURIComponent(config.RABBITMQ_DEFAULT_PASS)}`
  const broker = `${config.RABBITMQ_TLS ? 'amqps' : 'amqp'}://${credentials}@${config.RABBITMQ_HOST}:${config.RABBITMQ_PORT}`
  const bus = amqpBus({ url: broker, exchange: config.RABBITMQ_EXCHANGE, log })
  const cache = { host: config.REDIS_HOST, port: config.REDIS_PORT, password: config.REDIS_PASSWORD, tls: config.REDIS_TLS }
  const signals = redisSignals(cache, log)
  let redis: Redis | undefined
  let door: Door | undefined
  onStop(config.ENVIRONMENT, () => door)
  const open = await openService(service, {
    address: {
      host: config.POSTGRES_HOST,
      port: config.POSTGRES_PORT,
      database: config.POSTGRES_DB,
      ssl: config.POSTGRES_TLS,
      user: runtimeRole(service.name),
      password: config.POSTGRES_PASSWORD,
    },
    bus,
    signals,
    settings,
    redis: () => (redis ??= openRedis(cache, log)),
    keys: (to) => remoteKeys(`${config.UPSTREAM_USER}/.well-known/jwks.json`, to),
    secrets: { service: config.SERVICE_SECRET, bot: config.BOT_SECRET },
    config: own,
    now: () => new Date(),
    log,
    port: config.PORT,
    metricsPort: config.METRICS_PORT,
    host: config.HOST,
  })
  log.info({ url: open.url }, 'open')
  const close = async () => {
    await open.close()
    await Promise.all([bus.close(), signals.close()])
    settings.close()
    redis?.disconnect()
  }
  door = { leave: open.leave, close }
}

type Door = { leave(): void; close(): Promise<void> }
/**
 * Leaves and closes at the first signal to end; a second one ends the process at once. One that waits for its schema has no door yet and
 * nothing to finish; heard it must be all the same, for the first process of a container lives through a signal that nobody hears.
 */
export function onStop(environment: string, doorOf: () => Door | undefined): void {
  let stopping = false
  const stop = async () => {
    const door = doorOf()
    if (!door) return
    door.leave()
    await new Promise((resolve) => setTimeout(resolve, environment === 'production' ? stopMs : 0))
    await door.close()
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      if (stopping) process.exit(1)
      stopping = true
      stop().then(
        () => process.exit(0),
        () => process.exit(1),
      )
    })
}
