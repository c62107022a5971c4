import { Settings } from '@repitbot/contracts/settings'
import { environment, readConfig } from '@repitbot/kit/config'
import { openDatabase } from '@repitbot/kit/database'
import type { House } from '@repitbot/kit/house'
import { openLog } from '@repitbot/kit/log'
import { localSignals } from '@repitbot/kit/signals'
import { z } from 'zod'
import { addressOf } from './address.ts'

/** What a house's own flows are handed, for a command that works on its rows while the house runs elsewhere. */
export async function openInside<Inside, Config>(house: House<Inside, Config>, fallback: NodeJS.ProcessEnv = {}) {
  const database = openDatabase(house.name, await addressOf(house.name), 1)
  const inside = house.open({
    database,
    settings: () => Settings.parse({}),
    settingsGeneration: () => 0,
    now: () => new Date(),
    signals: localSignals(),
    log: openLog(house.name, 'warn'),
    config: readConfig(house.config ?? (z.unknown() as z.ZodType<Config>), { ...fallback, ...environment }),
  })
  return { inside, close: database.close }
}
