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

/** What the runtime gives a service: its stores, settings, clock and log. A pod, a laptop and a test each make their own. */
export type Runtime<Config = unknown> = {
  database: Database
  /** The live settings as they are now, and the generation of the resource they came from. */
  settings: () => Settings
  settingsGeneration: () => number
  /** The current time; tests and the demo set it. */
  now: () => Date
  /** Wake-ups between processes. They may be lost, so they never carry a fact. */
  signals: Signals
  log: Log
  config: Config
  /** Shared data that may be lost; a laptop has none. One connection, opened at the first call. */
  redis?: (() => Redis) | undefined
}

type Implementation<Deps> = { api: Api; routes: (deps: Deps) => object }
/** Pairs an API table with its route functions; a missing route does not compile. */
export const implement = <A extends Api, Deps>(api: A, routes: (deps: Deps) => Routes<A>): Implementation<Deps> => ({ api, routes })

/** A service declares its entries once; `run` (pod), `start` (laptop) and `world` (test) open it on their runtime. */
export type Service<Deps, Config = unknown> = {
  name: string
  /** Environment variables of this service alone; those of every service are in config.ts. */
  config?: z.ZodType<Config>
  migrations: Migration[]
  /** Keeps the table `person` of the people in its schools: see persons.ts. */
  persons?: true
  open: (runtime: Runtime<Config>) => Deps
  /** Its HTTP entry. */
  apis: Implementation<Deps>[]
  /** Its events entry. */
  consumes?: (deps: Deps) => Consumers
  /** The order in which the events of one batch are handled, whatever their order of arrival. Those not named come last, in any order. */
  order?: readonly EventName[]
  /** Its clock entry, and the work that its transactions ask for. */
  jobs?: (deps: Deps) => Jobs
  /** Work that never ends, such as polling another system; starts with the jobs and ends before the stores close. */
  runs?: (deps: Deps) => { close(): Promise<void> }
  /** Publishes the current state again for services that missed events (`npm run republish <service>`); returns the number of events. */
  republish?: (deps: Deps) => Promise<number>
}
export const service = <Deps, Config = unknown>(definition: Service<Deps, Config>): Service<Deps, Config> => definition
