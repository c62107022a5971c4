import express, { type RequestHandler, type Router } from 'express'
import type { Redis } from 'ioredis'
import type { Pool } from 'pg'
import type { Keys } from './auth.ts'
import { authenticate } from './auth.ts'
import type { Bus } from './bus.ts'
import { whyClosed } from './certificate.ts'
import { type Inbox, openInbox } from './consume.ts'
import { openDatabase } from './database.ts'
import { Failure } from './failure.ts'
import { type Check, type Health, listen, routerOptions } from './http.ts'
import { openJobs } from './jobs.ts'
import type { Log } from './log.ts'
import { openMetrics, type ServiceMetrics } from './metrics.ts'
import { isMigrated, type Migrated } from './migrations.ts'
import { mount } from './mount.ts'
import { openRelay } from './outbox.ts'
import { personConsumers } from './persons.ts'
import type { DatabaseAddress } from './pool.ts'
import { reachConsumers } from './reach.ts'
import type { Service } from './service.ts'
import type { OpenSettings } from './settings.ts'
import type { Signals } from './signals.ts'
import { tidy } from './tidy.ts'

/** Everything a service is opened on; a pod, the laptop and a test each bring their own. */
export type ServiceRuntime<Config> = {
  address: DatabaseAddress
  poolMax?: number
  bus: Bus
  signals: Signals
  settings: OpenSettings
  redis?: (() => Redis) | undefined
  keys: (log: Log) => Keys
  secrets: { service?: string; bot?: string }
  config: Config
  now: () => Date
  log: Log
  port: number
  host?: string
  metricsPort?: number
  retryMs?: number
  /** False while the clock is set by hand: jobs run on the database's clock. */
  jobs?: boolean
}
export type OpenService<Deps> = {
  name: string
  url: string
  deps: Deps
  inbox: Inbox
  /** Waits until everything said has left. */
  drained(): Promise<void>
  startJobs(): void
  /** Says not ready, and closes each connection with its answer, so that nobody sends here any more. */
  leave(): void
  close(): Promise<void>
}

const migratedPollMs = 1_000
const checkMs = 2_000

/** Opens a service on its runtime: store, doors, relay, inbox, jobs. It answers for its health at once, and serves when its schema is there. */
export async function openService<Deps, Config>(
  service: Service<Deps, Config>,
  runtime: ServiceRuntime<Config>,
): Promise<OpenService<Deps>> {
  const { log, now, settings, signals, bus } = runtime
  const database = openDatabase(service.name, runtime.address, runtime.poolMax, now)
  const metrics = openMetrics(service.name, settings)
  const seen = watchStores(database.pool)
  let keys: Keys | undefined
  const { door, opened } = await waitingDoor(runtime, metrics, () => ({
    ready: seen.database.state === 'up' && !!keys?.ready(),
    checks: { database: seen.database, broker: { state: bus.state() } },
    settings: { generation: settings.generation(), uid: settings.uid() },
  }))
  await waitUntilMigrated(service, database.pool, log)
  const deps = service.open({
    database,
    settings: settings.current,
    settingsGeneration: settings.generation,
    now,
    signals,
    log,
    config: runtime.config,
    redis: runtime.redis,
  })
  const relay = openRelay({
    service: service.name,
    address: runtime.address,
    database,
    publisher: bus.publisher(service.name),
    log,
    metrics,
  })
  const kept = [reachConsumers(database), ...(service.persons ? [personConsumers(database)] : [])]
  const consumers = [...kept, ...(service.consumes ? [service.consumes(deps)] : [])]
  const inbox = openInbox({ service: service.name, database, consumers, order: service.order, log, metrics, retryMs: runtime.retryMs })
  const unsubscribe = await bus.subscribe(service.name, inbox)
  keys = runtime.keys(log)
  const guard = { authenticate: authenticate(keys, now), secrets: runtime.secrets, database }
  opened((router) => {
    for (const { api, routes } of service.serves) mount(router, { api, routes: routes(deps) }, guard)
  })
  let jobs: ReturnType<typeof openJobs> | undefined
  let running: { close(): Promise<void> } | undefined
  const startJobs = () => {
    running ??= service.runs?.(deps)
    jobs ??= openJobs({ service: service.name, database, jobs: { ...service.jobs?.(deps), tidy: tidy(database.pool) }, log })
  }
  if (runtime.jobs !== false) startJobs()

  return {
    name: service.name,
    url: door.url,
    deps,
    inbox,
    drained: relay.drained,
    startJobs,
    leave: door.leave,
    async close() {
      seen.stop()
      await door.close()
      await running?.close()
      await jobs?.close()
      await unsubscribe()
      await inbox.close()
      await relay.close()
      keys?.close()
      await database.close()
    },
  }
}

/** A door that answers for its health from the first moment, so that a wait for the schema is told from a hang; everything else is unavailable until `opened`. */
async function waitingDoor({ log, port, host, metricsPort }: ServiceRuntime<unknown>, metrics: ServiceMetrics, health: () => Health) {
  let isOpen = false
  const routes = express.Router(routerOptions)
  const whenOpen: RequestHandler = (_request, _response, next) => next(isOpen ? undefined : new Failure('unavailable'))
  const fill = (router: Router) => void router.use(whenOpen, routes)
  const current = () => ({ ...health(), ...(!isOpen && { ready: false }) })
  const door = await listen({ log, metrics, metricsPort, health: current, fill }, port, host)
  const opened = (mounted: (router: Router) => void) => {
    mounted(routes)
    isOpen = true
  }
  return { door, opened }
}

async function waitUntilMigrated(service: Migrated, pool: Pool, log: Log) {
  for (let warned = false; ; warned = true) {
    const done = await isMigrated(pool, service).catch((error: unknown) => {
      if (!warned) log.warn({ error: whyClosed(error) }, 'The schema cannot be read yet')
      return false
    })
    if (done) return
    if (!warned) log.warn({}, `Waiting for the schema ${service.name} to be migrated`)
    await new Promise((resolve) => setTimeout(resolve, migratedPollMs))
  }
}

/** Probes the stores every 2 s, so that a request for the health costs nothing and never hangs. */
function watchStores(pool: Pool) {
  const seen: { database: Check; stop(): void } = { database: { state: 'up' }, stop: () => clearInterval(timer) }
  const probe = async () => {
    const begun = performance.now()
    const state = await pool.query('select 1').then(
      () => 'up' as const,
      () => 'down' as const,
    )
    seen.database = { state, latencyMs: Math.round(performance.now() - begun) }
  }
  const timer = setInterval(() => void probe(), checkMs).unref()
  return seen
}
