import { Settings } from '@repitbot/contracts/settings'
import { environment, readConfig } from '@repitbot/kit/config'
import { openDatabase } from '@repitbot/kit/database'
import { openLog } from '@repitbot/kit/log'
import type { Service } from '@repitbot/kit/service'
import { localSignals } from '@repitbot/kit/signals'
import { z } from 'zod'
import { addressOf } from './address.ts'

/** Opens the deps of a service's flows, for a command that works on its rows while the service runs in another process. */
export async function openDeps<Deps, Config>(service: Service<Deps, Config>, fallback: NodeJS.ProcessEnv = {}) {
  const database = openDatabase(service.name, await addressOf(service.name), 1)
  const deps = service.open({
    database,
    settings: () => Settings.parse({}),
    settingsGeneration: () => 0,
    now: () => new Date(),
    signals: localSignals(),
    log: openLog(service.name, 'warn'),
    config: readConfig(service.config ?? (z.unknown() as z.ZodType<Config>), { ...fallback, ...environment }),
  })
  return { deps, close: database.close }
}
