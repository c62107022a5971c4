import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ServiceName } from '@repitbot/contracts/services'
import { openDatabase } from '@repitbot/kit/database'
import { openLog } from '@repitbot/kit/log'
import { migrate } from '@repitbot/kit/migrate'
import { type Migrated, runtimeRole } from '@repitbot/kit/migrations'
import type { DatabaseAddress } from '@repitbot/kit/pool'
import { localSignals } from '@repitbot/kit/signals'
import { issueFirstLink } from '@repitbot/user/first-link'
import { userService } from '@repitbot/user/service'
import pg from 'pg'
import { freePorts } from '../../start/processes.ts'
import { services as all } from '../../start/services.ts'
import { root } from '../sources.ts'
import { nodeFlags } from './flags.ts'
import type { OwnStores } from './own-stores.ts'

/** Every service except the bot, which needs a Telegram and has a run of its own (bot-kills.ts). */
export const services: Migrated[] = Object.values(all).filter(({ name }) => name !== 'bot')
export type Service = Exclude<ServiceName, 'bot'>
export type Running = Service | 'gateway'
export type Fleet = {
  stores: OwnStores
  urls: Record<Running, string>
  /** The database address of a service's runtime role. */
  address(service: Service): DatabaseAddress
  sql<Row = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>
  /** Kills a process as a lost node does, and starts it again. */
  kill(name: Running): Promise<void>
  /** How often a process was killed, and how often one crashed by itself, which should never happen. */
  counts: { killed: number; crashed: number }
  pids(): Partial<Record<Running, number>>
  firstLink(): Promise<string>
  /** Waits until every process says it is ready. */
  ready(): Promise<void>
  end(): Promise<void>
}

const secrets = { service: 'a-service-secret-of-the-fleet', signing: 'a-signing-secret-of-the-fleet-and-nothing-else', role: 'throw-away' }
const readyMsMax = 90_000
/** The limit of requests in a minute for the routes on which limits are measured. */
export const scarce = 50
const scarceRoutes = ['GET /api/v1/lesson-policy', 'GET /api/v1/series']
const plenty = { perMinute: 100_000, anonymousPerMinute: 100_000, byClass: { 'sign-in': 100_000, refresh: 100_000 } }
const settings = { rateLimits: { ...plenty, routes: scarceRoutes.map((match) => ({ match, perMinute: scarce })) } }

/** `code` may be a changed copy of the repository, `bundle` a folder with what the image runs; the services in `apart` are opened by the caller; `env` is added to the environment of every process. */
export type FleetOptions = { code?: string; bundle?: string; label?: string; apart?: Service[]; env?: Record<string, string> }

/** Every service and the gateway as processes of their own on these stores, on a new database. */
export async function openFleet(
  stores: OwnStores,
  opened: Migrated[],
  { code = root, bundle, label = 'fleet', apart = [], env = {} }: FleetOptions = {},
): Promise<Fleet> {
  const database = `fleet_${process.pid}_${Date.now()}`
  const owner = { host: '127.0.0.1', port: stores.ports.postgres, user: 'postgres', password: '' }
  const sqlIn = async <Row>(name: string, text: string, values?: unknown[]) => {
    const client = new pg.Client({ ...owner, database: name })
    client.on('error', () => {})
    await client.connect()
    try {
      return (await client.query(text, values)).rows as Row[]
    } finally {
      await client.end()
    }
  }
  await sqlIn('postgres', `create database ${database}`)
  for (const service of opened) await migrate(service, { ...owner, database }, secrets.role)

  const running = [...opened.map(({ name }) => name as Service).filter((name) => !apart.includes(name)), 'gateway' as const]
  const ports = await freePorts(running.length)
  const urls = Object.fromEntries(running.map((name, at) => [name, `http://127.0.0.1:${ports[at]}`])) as Record<Running, string>
  const logs = join(root, '.scratch', `${label}-${process.pid}`)
  mkdirSync(logs, { recursive: true })
  const settingsFile = join(logs, 'settings.json')
  writeFileSync(settingsFile, JSON.stringify(settings))
  const environment = {
    ...environmentOf(stores, urls, database),
    SETTINGS_FILE: settingsFile,
    ...(bundle && { NODE_COMPILE_CACHE: join(bundle, '.compiled') }),
    ...env,
  }
  const counts = { killed: 0, crashed: 0 }
  const children = new Map<Running, ChildProcess>()
  let ending = false

  const start = (name: Running) => {
    const part = name === 'gateway' ? name : `services/${name}`
    const log = openSync(join(logs, `${name}.log`), 'a')
    const child = spawn(process.execPath, [...nodeFlags, bundle ? part : `${part}/src/main.ts`], {
      cwd: bundle ?? code,
      env: { ...environment, PORT: new URL(urls[name]).port },
      stdio: ['ignore', log, log],
    })
    children.set(name, child)
    child.once('exit', (_code, signal) => {
      if (ending || signal === 'SIGKILL') return
      counts.crashed++
      start(name)
    })
  }
  const endNow = () => {
    ending = true
    for (const child of children.values()) child.kill('SIGKILL')
  }
  process.once('exit', endNow)
  for (const name of running) start(name)

  return {
    stores,
    urls,
    address: (service) => ({ ...owner, database, user: runtimeRole(service), password: secrets.role }),
    sql: (text, values) => sqlIn(database, text, values),
    counts,
    pids: () => Object.fromEntries([...children].map(([name, { pid }]) => [name, pid])),
    async kill(name) {
      const child = children.get(name)
      if (!child) return
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await gone
      counts.killed++
      start(name)
    },
    firstLink: () => firstLink({ ...owner, database, user: runtimeRole('user'), password: secrets.role }),
    ready: async () => void (await Promise.all(Object.values(urls).map((url) => ready(url)))),
    async end() {
      process.off('exit', endNow)
      endNow()
      for (const child of children.values()) if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      await sqlIn('postgres', `drop database if exists ${database} with (force)`)
    },
  }
}

function environmentOf({ ports }: OwnStores, urls: Record<string, string>, database: string): NodeJS.ProcessEnv {
  const upstreams = Object.entries(urls).map(([name, url]) => [`UPSTREAM_${name.toUpperCase()}`, url])
  return {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    ENVIRONMENT: 'test',
    LOG_LEVEL: 'warn',
    HOST: '127.0.0.1',
    POSTGRES_PORT: `${ports.postgres}`,
    POSTGRES_DB: database,
    POSTGRES_PASSWORD: secrets.role,
    RABBITMQ_PORT: `${ports.rabbitmq}`,
    RABBITMQ_DEFAULT_USER: 'guest',
    RABBITMQ_DEFAULT_PASS: 'guest',
    REDIS_PORT: `${ports.redis}`,
    EMAIL_CONFIRMATION: 'off',
    SERVICE_SECRET: secrets.service,
    JWT_SECRET_KEY: secrets.signing,
    PUBLIC_URL: urls.gateway,
    ...Object.fromEntries(upstreams),
  }
}

/** Makes the first link in the same way as an installation does at its first start. */
async function firstLink(address: DatabaseAddress): Promise<string> {
  const database = openDatabase('user', address, 1)
  try {
    const deps = userService.open({
      database,
      settings: () => {
        throw new Error('Making a link needs no settings')
      },
      settingsGeneration: () => 0,
      now: () => new Date(),
      signals: localSignals(),
      log: openLog('fleet', 'warn'),
      config: {
        JWT_SECRET_KEY: secrets.signing,
        PUBLIC_URL: 'http://127.0.0.1',
        TELEGRAM_URL: 'https://t.me/repitbot',
        EMAIL_CONFIRMATION: 'off',
        SERVICE_SECRET: secrets.service,
      },
    })
    return (await issueFirstLink(deps)) ?? ''
  } finally {
    await database.close()
  }
}

async function ready(url: string): Promise<void> {
  const until = Date.now() + readyMsMax
  while (Date.now() < until) {
    const answer = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined)
    if (answer?.ok) return
    await sleep(100)
  }
  throw new Error(`${url} was not ready in ${readyMsMax / 1000} s`)
}
