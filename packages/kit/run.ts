import type { ServiceName } from '@repitbot/contracts/services'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import { amqpBus } from './amqp.ts'
import { remoteKeys } from './auth.ts'
import { environment, readCommon, readConfig, startProcess } from './config.ts'
import { openLog } from './log.ts'
import { type Migrated, runtimeRole } from './migrations.ts'
import { openService } from './open.ts'
import { openRedis, redisSignals } from './redis.ts'
import type { Service } from './service.ts'
import { openSettings } from './settings.ts'

/**
 * How long a pod goes on answering after the signal to stop, until nobody sends to it any more: the gateway's probes see within 2 s that it
 * is not ready, and clusters cache its DNS name for 5 s.
 */
const stopMs = 8_000

/** Runs a service in a process of its own, as a pod does: stores and broker come from the environment. With the argument `migrate` it migrates the schema and ends. */
export async function run<Deps, Config>(service: Service<Deps, Config>): Promise<void> {
  await startProcess(service.name, () => (process.argv[2] === 'migrate' ? migrateSchema(service) : openInPod(service)))
}

/** The register of services is loaded only when PORT is not set: it imports all contracts, which would slow the start of a pod. */
async function configOf({ name }: { name: string }) {
  if (environment.PORT) return readCommon(Number(environment.PORT))
  const { services } = await import('@repitbot/contracts/services')
  return readCommon(services[name as ServiceName].port)
}

async function migrateSchema(service: Migrated) {
  const { migrate } = await import('./migrate.ts')
  const config = await configOf(service)
  const at = { host: config.POSTGRES_HOST, port: config.POSTGRES_PORT, database: config.POSTGRES_DB, ssl: config.POSTGRES_TLS }
  await migrate(service, { ...at, user: config.POSTGRES_OWNER_USER, password: config.POSTGRES_OWNER_PASSWORD }, config.POSTGRES_PASSWORD)
}

async function openInPod<Deps, Config>(service: Service<Deps, Config>) {
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
  let running: Stoppable | undefined
  onStop(config.ENVIRONMENT, () => running)
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
  running = { beginShutdown: open.beginShutdown, close }
}

type Stoppable = { beginShutdown(): void; close(): Promise<void> }
/**
 * Shuts down at the first SIGTERM or SIGINT; a second one ends the process at once. While `current` returns nothing, as when the schema is
 * not migrated yet, there is nothing to finish. A listener is needed even then: the first process of a container ignores a signal for
 * which it has none.
 */
export function onStop(environment: string, current: () => Stoppable | undefined): void {
  let stopping = false
  const stop = async () => {
    const running = current()
    if (!running) return
    running.beginShutdown()
    await new Promise((resolve) => setTimeout(resolve, environment === 'production' ? stopMs : 0))
    await running.close()
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
