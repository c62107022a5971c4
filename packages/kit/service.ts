import type { Api, Routes } from '@repitbot/contracts/endpoint'
import type { Consumers, EventName } from '@repitbot/contracts/events'
import type { Settings } from '@repitbot/contracts/settings'
import type { Redis } from 'ioredis'
import type { z } from 'zod'
import type { Database } from './database.ts'
import type { Jobs } from './job.ts'
import type { Log } from './log.ts'
import type { Migration } from './migrations.ts'
import type { Signals } from './signals.ts'

/** What a service stands on: a pod's stores, a laptop's embedded ones, or a test's throw-away ones. */
export type Runtime<Config = unknown> = {
  database: Database
  /** The live settings of this moment, and the generation they came with. */
  settings: () => Settings
  settingsGeneration: () => number
  /** Now, as an instant; tests and the demo set it. */
  now: () => Date
  /** Small messages that nobody misses when they are lost: a wake-up, never a fact. */
  signals: Signals
  log: Log
  config: Config
  /** What processes share and may lose; a laptop has none. One connection, made when it is first asked for. */
  redis?: (() => Redis) | undefined
}

type Served<Deps> = { api: Api; routes: (deps: Deps) => object }
export const serve = <A extends Api, Deps>(api: A, routes: (deps: Deps) => Routes<A>): Served<Deps> => ({ api, routes })

/** A service declares its doors once; `run` (pod), `start` (laptop) and `world` (test) open it on their runtime. */
export type Service<Deps, Config = unknown> = {
  name: string
  /** The service's own environment, beside what every service has. */
  config?: z.ZodType<Config>
  migrations: Migration[]
  /** Keeps who is who in its schools: see persons.ts. */
  persons?: true
  open: (runtime: Runtime<Config>) => Deps
  serves: Served<Deps>[]
  consumes?: (deps: Deps) => Consumers
  /** In which order the events of one batch are handled, whatever their order of arrival. Those that are not named come last, in any order. */
  order?: readonly EventName[]
  jobs?: (deps: Deps) => Jobs
  /** Work that goes on all the while, such as listening elsewhere; begins with the jobs and ends before the stores close. */
  runs?: (deps: Deps) => { close(): Promise<void> }
  /** Says everything again that others may have missed (`npm run republish <service>`). */
  republish?: (deps: Deps) => Promise<number>
}
export const service = <Deps, Config = unknown>(doors: Service<Deps, Config>): Service<Deps, Config> => doors
