import { randomUUIDv7 } from 'node:crypto'
import type { ServiceName } from '@repitbot/contracts/services'
import { type Gateway, openGateway } from '@repitbot/gateway/gateway'
import { web } from '@repitbot/gateway/web'
import { remoteKeys } from '@repitbot/kit/auth'
import { localBus } from '@repitbot/kit/bus'
import { environment, readConfig } from '@repitbot/kit/config'
import { withContext } from '@repitbot/kit/context'
import { openLog } from '@repitbot/kit/log'
import { migrate } from '@repitbot/kit/migrate'
import { runtimeRole } from '@repitbot/kit/migrations'
import { type OpenService, openService, type ServiceRuntime } from '@repitbot/kit/open'
import type { DatabaseAddress } from '@repitbot/kit/pool'
import type { Service } from '@repitbot/kit/service'
import { openSettings } from '@repitbot/kit/settings'
import { localSignals } from '@repitbot/kit/signals'
import { z } from 'zod'
import { localOnly } from './local-only.ts'
import type { MailCatcher } from './mail.ts'
import { pageFolder } from './page.ts'
import { freePorts } from './processes.ts'
import type { Secrets } from './secrets.ts'
import { services } from './services.ts'
import type { DemoTelegram } from './telegram.ts'

export type PlatformRuntime = {
  address: DatabaseAddress
  secrets: Secrets
  port: number
  settingsFile: string
  now: () => Date
  /** Catches letters where no mail server is configured. */
  mail?: MailCatcher | undefined
  /** Where the log goes: the screen shows only what the person needs. */
  logTo: { write(line: string): void }
  /** The Telegram emulator, where there is no bot token. */
  telegram?: DemoTelegram
}
type Services = typeof services
type Opened = { [H in keyof Services]: OpenService<ReturnType<Services[H]['open']>> }
export type Platform = {
  services: Opened
  gateway: Gateway
  startJobs(): void
  /** Runs each job with `inDemo` once, at the time that the demo has set. */
  runNightly(): Promise<void>
  close(): Promise<void>
}

const poolMax = 3

/** Brings every schema up to date. All services share one database password here, since this runs on one person's machine. */
export async function migrateAll({ address, secrets }: Pick<PlatformRuntime, 'address' | 'secrets'>): Promise<void> {
  for (const service of Object.values(services)) await migrate(service, address, secrets.runtimePassword)
}

/** Opens every service and the gateway in this process, on one embedded database, an in-process event bus and loopback ports. */
export async function openPlatform(runtime: PlatformRuntime): Promise<Platform> {
  const log = (name: string) => openLog(name, environment.LOG_LEVEL ?? 'info', runtime.logTo)
  const settings = await openSettings(environment, runtime.settingsFile, log('settings'))
  const bus = localBus()
  const signals = localSignals()
  const free = await freePorts(Object.keys(services).length)
  const ports = Object.fromEntries(Object.keys(services).map((name, at) => [name, free[at]])) as Record<ServiceName, number>
  const urls = Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, [`http://127.0.0.1:${port}`]])) as Record<
    ServiceName,
    string[]
  >
  const keys = () => remoteKeys(`${urls.user[0]}/.well-known/jwks.json`, log('keys'))
  const opened: [string, OpenService<unknown>][] = []
  for (const [name, service] of Object.entries(services) as [ServiceName, Service<unknown, unknown>][]) {
    const config = readConfig(service.config ?? z.unknown(), {
      ...environment,
      JWT_SECRET_KEY: runtime.secrets.signingSecret,
      BOT_SECRET: runtime.secrets.botSecret,
      GATEWAY_URL: `http://127.0.0.1:${runtime.port}`,
      SERVICE_SECRET: runtime.secrets.serviceSecret,
      LETTER_SECRET: runtime.secrets.letterSecret,
      NOTE_SECRET: runtime.secrets.noteSecret,
      ...(runtime.mail && { SMTP_URL: runtime.mail.url }),
      EMAIL_CONFIRMATION: runtime.mail || environment.SMTP_URL ? 'on' : 'off',
      PUBLIC_URL: `http://127.0.0.1:${runtime.port}`,
      ...runtime.telegram?.environment,
    })
    const on: ServiceRuntime<unknown> = {
      address: { ...runtime.address, user: runtimeRole(name), password: runtime.secrets.runtimePassword },
      poolMax,
      bus,
      signals,
      settings,
      keys,
      secrets: { service: runtime.secrets.serviceSecret, bot: runtime.secrets.botSecret },
      config,
      now: runtime.now,
      log: log(name),
      port: ports[name],
      jobs: false,
    }
    opened.push([name, await openService(service, on)])
  }
  const gateway = await openGateway({
    upstreams: urls,
    serviceSecret: runtime.secrets.serviceSecret,
    botSecret: runtime.secrets.botSecret,
    keys: keys(),
    settings,
    signals,
    now: runtime.now,
    log: log('gateway'),
    port: runtime.port,
    extra: (router) => {
      router.use('/demo', localOnly)
      runtime.telegram?.serve(router)
      runtime.mail?.pages(router)
      web(pageFolder)(router)
    },
  })
  return {
    services: Object.fromEntries(opened) as Opened,
    gateway,
    startJobs: () => {
      for (const [, service] of opened) service.startJobs()
    },
    async runNightly() {
      const args = { schoolId: '', correlationId: randomUUIDv7(), payload: {} }
      for (const [name, { deps }] of opened) {
        const jobs = (services as unknown as Record<string, Service<unknown>>)[name]?.jobs?.(deps) ?? {}
        for (const { inDemo, run } of Object.values(jobs)) if (inDemo) await withContext(args, () => run(args))
      }
    },
    async close() {
      await gateway.close()
      await runtime.telegram?.close()
      await Promise.all(opened.map(([, service]) => service.close()))
      settings.close()
    },
  }
}
