import { randomBytes, randomUUIDv7 } from 'node:crypto'
import { type Clients as ClientsOfServices, clientsOf } from '@repitbot/contracts/clients'
import type { EventName, NewEvent } from '@repitbot/contracts/events'
import { services } from '@repitbot/contracts/services'
import { Settings } from '@repitbot/contracts/settings'
import { connect } from 'amqplib'
import { amqpBus } from '../amqp.ts'
import { remoteKeys } from '../auth.ts'
import { localBus } from '../bus.ts'
import { readConfig } from '../config.ts'
import type { Envelope } from '../envelope.ts'
import { type Log, openLog } from '../log.ts'
import { runtimeRole } from '../migrations.ts'
import { type OpenService, openService } from '../open.ts'
import type { Service } from '../service.ts'
import { localSignals } from '../signals.ts'
import { cardOf, links, type Person, type Somebody, somePeople } from './people.ts'
import { dropDatabase, ownerAddress, ownerPool, rolePassword, storeUrls, throwAwayDatabase } from './stores.ts'
import { combineKeys, type TestIssuer, testClock, testIssuer } from './tokens.ts'

export type Clients = ClientsOfServices<typeof services>

// biome-ignore lint/suspicious/noExplicitAny: a world opens services with any deps
export type AnyService = Service<any, any>
export type WorldOptions = {
  services: AnyService[]
  bus?: 'amqp' | 'local'
  /** False opens the services with no people in them. */
  people?: boolean
  env?: Record<string, string>
  /** Jobs run by the database's clock, so they are off unless a test is about them. */
  jobs?: boolean
  logLevel?: string
  /** Where log lines go instead of the screen. */
  logTo?: { write(line: string): void }
}
export type World = Awaited<ReturnType<typeof openWorld>>

export const serviceSecret = 'a-service-secret-of-tests'
export const botSecret = 'a-bot-secret-of-tests'
const testEnvironment = {
  JWT_SECRET_KEY: 'a-signing-secret-of-tests-and-nothing-else',
  PUBLIC_URL: 'http://localhost:8000',
  SERVICE_SECRET: serviceSecret,
  TELEGRAM_URL: 'https://t.me/bot_of_tests',
}
const idleMsMax = 20_000
const retryMs = 20

/** Opens services in this process, on a throw-away database and exchange of the real stores, and typed clients to call them. */
export async function openWorld(options: WorldOptions) {
  const { services, bus: busKind = 'amqp', people: peopled = true, env = {}, jobs = false, logLevel, logTo } = options
  const name = `world_${randomBytes(6).toString('hex')}`
  await throwAwayDatabase(name, services)
  const logOf = (from: string) => openLog(from, logLevel ?? process.env.TEST_LOG ?? 'silent', logTo)
  const log = logOf('test')
  const bus = busKind === 'local' ? localBus() : amqpBus({ url: storeUrls().amqp, exchange: name, log })
  const signals = localSignals()
  const clock = testClock()
  const issuer = testIssuer(clock.now)
  let settings = Settings.parse({})
  let generation = 0
  const liveSettings = { current: () => settings, generation: () => generation, uid: () => '', refusals: () => 0, close: () => {} }
  const open: OpenService<unknown>[] = []
  const urlOf = (service: string) => open.find((one) => one.name === service)?.url
  const keys = (to: Log) => combineKeys(issuer.keys, () => urlOf('user') && remoteKeys(`${urlOf('user')}/.well-known/jwks.json`, to))

  for (const service of services)
    open.push(
      await openService(service, {
        address: { ...ownerAddress(name), user: runtimeRole(service.name), password: rolePassword },
        bus,
        signals,
        settings: liveSettings,
        keys,
        secrets: { service: serviceSecret, bot: botSecret },
        config: service.config ? readConfig(service.config, { ...testEnvironment, ...env }) : undefined,
        now: clock.now,
        log: logOf(service.name),
        port: 0,
        retryMs,
        jobs,
      }),
    )

  const publisher = bus.publisher('world')
  const owner = ownerPool(name)
  const sql = async <Row = Record<string, unknown>>(text: string, values?: unknown[]) => (await owner.query(text, values)).rows as Row[]
  const injected: { id: string; name: string }[] = []
  const idle = () => waitUntilIdle(open, injected, sql)
  const people = somePeople()

  const deliver = async <N extends EventName>(event: N, body: Extract<NewEvent, { name: N }>['body'], more: Partial<Envelope> = {}) => {
    const envelope = {
      id: randomUUIDv7(),
      name: event,
      schemaVersion: 1,
      schoolId: people.admin.schoolId,
      occurredAt: clock.now().toISOString(),
      correlationId: randomUUIDv7(),
      body,
      ...more,
    }
    await publish(publisher, { seq: '0', id: envelope.id, name: event, envelope: JSON.stringify(envelope) })
    injected.push({ id: envelope.id, name: event })
    return envelope
  }
  if (peopled) await publishPeople(people, deliver, idle)

  return {
    name,
    people,
    clock,
    services: open,
    sql,
    deliver,
    /** Waits until every service has handled every event; throws after 20 s. */
    idle,
    bus,
    /** For another process on the same runtime, such as the gateway. */
    runtime: { signals, settings: liveSettings, keys, log: logOf, now: clock.now },
    url: (service: string) => urlOf(service) ?? '',
    /** The access token of somebody, as the user service would make it. */
    token: issuer.token,
    /** The key that `token` signs by. */
    signer: issuer.signer,
    as: (who: Somebody | Person): Clients => openClients(open, issuer, typeof who === 'string' ? people[who] : who),
    anyone: (): Clients => openClients(open, issuer),
    settings: (given: object) => {
      settings = Settings.parse(given)
      generation++
    },
    /** The events of one name that the services have published, in order. */
    async published<N extends EventName>(event: N) {
      const outboxes = open.map((service) => `select envelope, said_at, seq from "${service.name}".outbox where name = $1`)
      const rows = await sql<{ envelope: string }>(`${outboxes.join(' union all ')} order by said_at, seq`, [event])
      return rows.map(({ envelope }) => JSON.parse(envelope) as Omit<Envelope, 'body'> & { body: Extract<NewEvent, { name: N }>['body'] })
    },
    async close() {
      for (const service of open.toReversed()) await service.close()
      await bus.close()
      await owner.end()
      if (busKind === 'amqp') await deleteQueues(name, open)
      await dropDatabase(name)
    },
  }
}

/** Publishes the people and their links to every open service, as the user service would. */
async function publishPeople(
  people: Record<Somebody, Person>,
  deliver: (name: EventName, body: never, more: Partial<Envelope>) => Promise<unknown>,
  idle: () => Promise<void>,
) {
  for (const [name, person] of Object.entries(people))
    await deliver('user.created', cardOf(name, person) as never, { schoolId: person.schoolId })
  for (const [holder, over, as] of links) {
    const body = { holderId: people[holder].userId, overId: people[over].userId, as, version: 1 }
    await deliver('reach.granted', body as never, { schoolId: people[holder].schoolId })
  }
  await idle()
}

/** Publishes again until the broker accepts it: the first publication of a world may come before the connection is open. */
async function publish(
  publisher: ReturnType<ReturnType<typeof localBus>['publisher']>,
  one: { seq: string; id: string; name: string; envelope: string },
) {
  for (let attempt = 0; attempt < 500; attempt++) {
    const safe = await publisher.publish([one]).catch(() => undefined)
    if (safe) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('The test broker accepts nothing')
}

/** Clients of the services that are open; each request gets a new token, by the clock of the world. */
function openClients(open: OpenService<unknown>[], issuer: TestIssuer, person?: Person): Clients {
  const signedFetch: typeof fetch = async (input, init) => {
    const bearer: Record<string, string> = person ? { authorization: `Bearer ${await issuer.token(person)}` } : {}
    return fetch(input, { ...init, headers: { ...bearer, ...(init?.headers as Record<string, string>) } })
  }
  const opened = Object.fromEntries(open.map(({ name }) => [name, services[name as keyof typeof services]]))
  const urls = Object.fromEntries(open.map(({ name, url }) => [name, url]))
  return clientsOf(opened as typeof services, (name) => ({ origin: urls[name] ?? '', fetch: signedFetch }))
}

type Sql = <Row>(text: string, values?: unknown[]) => Promise<Row[]>
/** Waits until every event published or injected is in the inbox of each service that consumes it, and none waits for a retry. */
async function waitUntilIdle(open: OpenService<unknown>[], injected: { id: string; name: string }[], sql: Sql) {
  const outboxes = open.map(({ name }) => `select id, name from "${name}".outbox`)
  const published = `${outboxes.join(' union all ')} union all select id, name from jsonb_to_recordset($1) as i (id uuid, name text)`
  const unhandled = open.map(({ name, inbox }) => {
    const consumed = inbox.names.map((one) => `'${one}'`).join(',') || 'null'
    return `select '${name} ' || published.name as event from published where published.name in (${consumed})
      and not exists (select from "${name}".inbox i where i.event_id = published.id)
      and not exists (select from "${name}".retry r where r.event_id = published.id and r.dead_at is not null)
      union all select '${name} retries ' || name from "${name}".retry where dead_at is null`
  })
  const query = `with published as (${published}) ${unhandled.join(' union all ')} limit 5`
  const deadline = Date.now() + idleMsMax
  for (;;) {
    const waiting = await sql<{ event: string }>(query, [JSON.stringify(injected)])
    if (!waiting.length) return
    if (Date.now() > deadline) throw new Error(`Not idle after ${idleMsMax} ms: ${waiting.map(({ event }) => event).join(', ')}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

async function deleteQueues(exchange: string, open: OpenService<unknown>[]) {
  const connection = await connect(storeUrls().amqp)
  const channel = await connection.createChannel()
  for (const { name } of open) await channel.deleteQueue(`${exchange}.${name}`)
  await channel.deleteExchange(exchange)
  await connection.close()
}
