import { randomUUIDv7 } from 'node:crypto'
import { Settings } from '@repitbot/contracts/settings'
import { ConfigFault, environment, readConfig, startOrSay } from '@repitbot/kit/config'
import { withContext } from '@repitbot/kit/context'
import { openDatabase } from '@repitbot/kit/database'
import type { House } from '@repitbot/kit/house'
import { openLog } from '@repitbot/kit/log'
import { localSignals } from '@repitbot/kit/signals'
import { z } from 'zod'
import { addressOf } from './address.ts'
import { houses } from './houses.ts'
import { say } from './screen.ts'

/** `npm run resay user` puts what a house knows into its outbox once more; the running house carries it to the others. */
await startOrSay('resay', async () => {
  const name = process.argv[2] ?? ''
  const house = (houses as unknown as Record<string, House<unknown> | undefined>)[name]
  if (!house?.resay) throw new ConfigFault(`${name || 'Nothing'} cannot be said again; say: npm run resay user`)
  const database = openDatabase(name, addressOf(name))
  const inside = house.open({
    database,
    settings: () => Settings.parse({}),
    settingsGeneration: () => 0,
    now: () => new Date(),
    signals: localSignals(),
    log: openLog(name, 'warn'),
    config: readConfig(house.config ?? z.unknown(), {
      ...{ JWT_SECRET_KEY: 'nothing is signed by this command', HOUSE_SECRET: 'and nothing is sealed' },
      ...environment,
    }),
  })
  const { resay } = house
  say(`${name}: ${await withContext({ correlationId: randomUUIDv7() }, () => resay(inside))} said again`)
  await database.close()
})
