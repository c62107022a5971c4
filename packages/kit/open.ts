import express, { type RequestHandler, type Router } from 'express'
import type { Redis } from 'ioredis'
import type { Pool } from 'pg'
import type { Keys } from './auth.ts'
import { authenticate } from './auth.ts'
import type { Bus } from './bus.ts'
import { describeFault } from './certificate.ts'
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

/** Everything that a service needs to be opened; a pod, the laptop and a test each make their own. */
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
  /** Waits until every event of the outbox is published. */
  waitUntilPublished(): Promise<void>
  startJobs(): void
  /** Reports not ready, and closes each connection with its next response, so that clients move to other instances. */
  beginShutdown(): void
  close(): Promise<void>
}

const migratedPollMs = 1_000
const checkMs = 2_000

/** Opens a service on its runtime: stores, HTTP server, relay, inbox, jobs. Its health checks answer at once; it serves once its schema is migrated. */
export async function openService<Deps, Config>(
  service: Service<Deps, Config>,
  runtime: ServiceRuntime<Config>,
): Promise<OpenService<Deps>> {
  const { log, now, settings, signals, bus } = runtime
  const database = openDatabase(service.name, runtime.address, runtime.poolMax, now)
  const metrics = openMetrics(service.name, settings)
  const stores = watchStores(database.pool)
  let keys: Keys | undefined
  const { server, serve } = await openServer(runtime, metrics, () => ({
    ready: stores.database.state === 'up' && !!keys?.ready(),
    checks: { database: stores.database, broker: { state: bus.state() } },
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
  const ofTheKit = [reachConsumers(database), ...(service.persons ? [personConsumers(database)] : [])]
  const consumers = [...ofTheKit, ...(service.consumes ? [service.consumes(deps)] : [])]
  const inbox = openInbox({ service: service.name, database, consumers, order: service.order, log, metrics, retryMs: runtime.retryMs })
  const unsubscribe = await bus.subscribe(service.name, inbox)
  keys = runtime.keys(log)
  const guard = { authenticate: authenticate(keys, now), secrets: runtime.secrets, database }
  serve((router) => {
    for (const { api, routes } of service.apis) mount(router, { api, routes: routes(deps) }, guard)
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
    url: server.url,
    deps,
    inbox,
    waitUntilPublished: relay.waitUntilPublished,
    startJobs,
    beginShutdown: server.beginShutdown,
    async close() {
      stores.stop()
      await server.close()
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

/**
 * Opens the HTTP server before the schema is migrated, so that the health checks can tell a wait from a hang. Everything but health is
 * `unavailable` until `serve` mounts the routes.
 */
async function openServer({ log, port, host, metricsPort }: ServiceRuntime<unknown>, metrics: ServiceMetrics, health: () => Health) {
  let isServing = false
  const routes = express.Router(routerOptions)
  const whenServing: RequestHandler = (_request, _response, next) => next(isServing ? undefined : new Failure('unavailable'))
  const addRoutes = (router: Router) => void router.use(whenServing, routes)
  const current = () => ({ ...health(), ...(!isServing && { ready: false }) })
  const server = await listen({ log, metrics, metricsPort, health: current, addRoutes }, port, host)
  const serve = (mountApis: (router: Router) => void) => {
    mountApis(routes)
    isServing = true
  }
  return { server, serve }
}

async function waitUntilMigrated(service: Migrated, pool: Pool, log: Log) {
  for (let warned = false; ; warned = true) {
    const migrated = await isMigrated(pool, service).catch((error: unknown) => {
      if (!warned) log.warn({ error: describeFault(error) }, 'The schema cannot be read yet')
      return false
    })
    if (migrated) return
    if (!warned) log.warn({}, `Waiting for the schema ${service.name} to be migrated`)
    await new Promise((resolve) => setTimeout(resolve, migratedPollMs))
  }
}

/** Probes the database every 2 s and keeps the result, so that a health check costs nothing and never hangs. */
function watchStores(pool: Pool) {
  const stores: { database: Check; stop(): void } = { database: { state: 'up' }, stop: () => clearInterval(timer) }
  const probe = async () => {
    const startedAt = performance.now()
    const state = await pool.query('select 1').then(
      () => 'up' as const,
      () => 'down' as const,
    )
    stores.database = { state, latencyMs: Math.round(performance.now() - startedAt) }
  }
  const timer = setInterval(() => void probe(), checkMs).unref()
  return stores
}
