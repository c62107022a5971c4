import { randomUUIDv7 } from 'node:crypto'
import type { HouseName } from '@repitbot/contracts/ports'
import { type Gateway, openGateway } from '@repitbot/gateway/gateway'
import { web } from '@repitbot/gateway/web'
import { remoteKeys } from '@repitbot/kit/auth'
import { localBus } from '@repitbot/kit/bus'
import { environment, readConfig } from '@repitbot/kit/config'
import { withContext } from '@repitbot/kit/context'
import type { DatabaseAddress } from '@repitbot/kit/database'
import type { House } from '@repitbot/kit/house'
import { openLog } from '@repitbot/kit/log'
import { migrate } from '@repitbot/kit/migrate'
import { runtimeRole } from '@repitbot/kit/migrations'
import { type HouseGround, type OpenHouse, openHouse } from '@repitbot/kit/open'
import { openSettings } from '@repitbot/kit/settings'
import { localSignals } from '@repitbot/kit/signals'
import { z } from 'zod'
import { houses } from './houses.ts'
import type { MailCatcher } from './mail.ts'
import { pageFolder } from './page.ts'
import { freePort } from './processes.ts'
import type { Secrets } from './secrets.ts'
import type { DemoTelegram } from './telegram.ts'

export type PlatformGround = {
  address: DatabaseAddress
  secrets: Secrets
  port: number
  settingsFile: string
  now: () => Date
  /** Where letters go when no mail server is named. */
  mail?: MailCatcher | undefined
  /** Where log lines go, beside the person's own lines on the screen. */
  logTo: { write(line: string): void }
  /** What stands for Telegram where there is no token. */
  telegram?: DemoTelegram
}
type Houses = typeof houses
type Opened = { [H in keyof Houses]: OpenHouse<ReturnType<Houses[H]['open']>> }
export type Platform = {
  houses: Opened
  gateway: Gateway
  startJobs(): void /** Runs what runs by the clock once, in the hand-set time of the demo. */
  runNightly(): Promise<void>
  close(): Promise<void>
}

const poolMax = 3
/** The houses whose nights belong to the demo's story. */
const nightly = ['lesson', 'student']

/** Brings every schema up to date; the houses' own passwords are one here, for one person's machine. */
export async function migrateAll({ address, secrets }: Pick<PlatformGround, 'address' | 'secrets'>): Promise<void> {
  for (const house of Object.values(houses)) await migrate(house, address, secrets.runtimePassword)
}

/** Opens every house and the gateway in this process: one embedded database, the in-process bus, loopback ports. */
export async function openPlatform(ground: PlatformGround): Promise<Platform> {
  const log = (name: string) => openLog(name, environment.LOG_LEVEL ?? 'info', ground.logTo)
  const settings = await openSettings(environment, ground.settingsFile, log('settings'))
  const bus = localBus()
  const signals = localSignals()
  const ports = Object.fromEntries(await Promise.all(Object.keys(houses).map(async (name) => [name, await freePort()]))) as Record<
    HouseName,
    number
  >
  const urls = Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, [`http://127.0.0.1:${port}`]])) as Record<
    HouseName,
    string[]
  >
  const keys = () => remoteKeys(`${urls.user[0]}/.well-known/jwks.json`, log('keys'))
  const opened: [string, OpenHouse<unknown>][] = []
  for (const [name, house] of Object.entries(houses) as [HouseName, House<unknown, unknown>][]) {
    const config = readConfig(house.config ?? z.unknown(), {
      ...environment,
      JWT_SECRET_KEY: ground.secrets.signingSecret,
      BOT_SECRET: ground.secrets.botSecret,
      GATEWAY_URL: `http://127.0.0.1:${ground.port}`,
      HOUSE_SECRET: ground.secrets.houseSecret,
      ...(ground.mail && { SMTP_URL: ground.mail.url }),
      PUBLIC_URL: `http://127.0.0.1:${ground.port}`,
      ...ground.telegram?.environment,
    })
    const on: HouseGround<unknown> = {
      address: { ...ground.address, user: runtimeRole(name), password: ground.secrets.runtimePassword },
      poolMax,
      bus,
      signals,
      settings,
      keys,
      secrets: { house: ground.secrets.houseSecret, bot: ground.secrets.botSecret },
      config,
      now: ground.now,
      log: log(name),
      port: ports[name],
      jobs: false,
    }
    opened.push([name, await openHouse(house, on)])
  }
  const gateway = await openGateway({
    upstreams: urls,
    houseSecret: ground.secrets.houseSecret,
    botSecret: ground.secrets.botSecret,
    keys: keys(),
    settings,
    signals,
    now: ground.now,
    log: log('gateway'),
    port: ground.port,
    extra: (router) => {
      ground.telegram?.serve(router)
      ground.mail?.pages(router)
      web(pageFolder)(router)
    },
  })
  return {
    houses: Object.fromEntries(opened) as Opened,
    gateway,
    startJobs: () => {
      for (const [, house] of opened) house.startJobs()
    },
    async runNightly() {
      const asked = { schoolId: '', correlationId: randomUUIDv7(), payload: {} }
      for (const [name, { inside }] of opened.filter(([name]) => nightly.includes(name))) {
        const jobs = (houses[name as HouseName] as House<unknown>).schedule?.(inside) ?? {}
        for (const { cron, run } of Object.values(jobs)) if (cron) await withContext(asked, () => run(asked))
      }
    },
    async close() {
      await gateway.close()
      await ground.telegram?.close()
      await Promise.all(opened.map(([, house]) => house.close()))
      settings.close()
    },
  }
}
