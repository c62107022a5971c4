import { generateKeyPairSync, randomBytes, randomUUIDv7 } from 'node:crypto'
import { type Clients as ClientsOfServices, clientsOf } from '@repitbot/contracts/clients'
import type { EventName, NewEvent } from '@repitbot/contracts/events'
import { services } from '@repitbot/contracts/services'
import { Settings } from '@repitbot/contracts/settings'
import { connect } from 'amqplib'
import { SignJWT } from 'jose'
import { amqpBus } from '../amqp.ts'
import { fixedKeys, type Jwks, type Keys, remoteKeys, tokenAudience, tokenIssuer } from '../auth.ts'
import { localBus } from '../bus.ts'
import { readConfig } from '../config.ts'
import type { Envelope } from '../envelope.ts'
import { type Log, openLog } from '../log.ts'
import { runtimeRole } from '../migrations.ts'
import { type OpenService, openService } from '../open.ts'
import type { Service } from '../service.ts'
import { localSignals } from '../signals.ts'
import { cardOf, links, type Person, type Somebody, somePeople } from './people.ts'
import { dropDatabase, ownerAddress, rolePassword, storeUrls, throwAwayDatabase, withOwner } from './stores.ts'

export type Clients = ClientsOfServices<typeof services>

// biome-ignore lint/suspicious/noExplicitAny: a world opens services with any deps
export type AnyService = Service<any, any>
export type WorldOptions = {
  services: AnyService[]
  bus?: 'amqp' | 'local'
  /** False opens the services without anybody in them. */
  people?: boolean
  env?: Record<string, string>
  /** Jobs run on the database's clock, so they are off unless a test is about them. */
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
}
const settleMsMax = 20_000
const retryMs = 20

/** Opens services in this process, on a throw-away database and exchange of the real stores, with the typed clients to speak to them. */
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
  const keys = (to: Log) => joinedKeys(issuer.keys, () => urlOf('user') && remoteKeys(`${urlOf('user')}/.well-known/jwks.json`, to))

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
  const sql = <Row = Record<string, unknown>>(text: string, values?: unknown[]) =>
    withOwner(name, async (owner) => (await owner.query(text, values)).rows as Row[])
  const injected: { id: string; name: string }[] = []
  const settled = () => settledOf(open, injected, sql)
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
    await delivered(publisher, { seq: '0', id: envelope.id, name: event, envelope: JSON.stringify(envelope) })
    injected.push({ id: envelope.id, name: event })
    return envelope
  }
  if (peopled) await introduce(people, deliver, settled)

  return {
    name,
    people,
    clock,
    services: open,
    sql,
    deliver,
    settled,
    bus,
    /** For another door on the same runtime, such as the gateway. */
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
    /** What the services have said under a name, in order. */
    async published<N extends EventName>(event: N) {
      const outboxes = open.map((service) => `select envelope, said_at, seq from "${service.name}".outbox where name = $1`)
      const rows = await sql<{ envelope: string }>(`${outboxes.join(' union all ')} order by said_at, seq`, [event])
      return rows.map(({ envelope }) => JSON.parse(envelope) as Omit<Envelope, 'body'> & { body: Extract<NewEvent, { name: N }>['body'] })
    },
    async close() {
      for (const service of open.toReversed()) await service.close()
      await bus.close()
      if (busKind === 'amqp') await forgetQueues(name, open)
      await dropDatabase(name)
    },
  }
}

/** Tells every open service of the people and their links, as the user service would. */
async function introduce(
  people: Record<Somebody, Person>,
  deliver: (name: EventName, body: never, more: Partial<Envelope>) => Promise<unknown>,
  settled: () => Promise<void>,
) {
  for (const [name, person] of Object.entries(people))
    await deliver('user.created', cardOf(name, person) as never, { schoolId: person.schoolId })
  for (const [holder, over, as] of links) {
    const body = { holderId: people[holder].userId, overId: people[over].userId, as, version: 1 }
    await deliver('reach.granted', body as never, { schoolId: people[holder].schoolId })
  }
  await settled()
}

/** Until the broker takes it: a world's first publication may come before the connection. */
async function delivered(
  publisher: ReturnType<ReturnType<typeof localBus>['publisher']>,
  one: { seq: string; id: string; name: string; envelope: string },
) {
  for (let attempt = 0; attempt < 100; attempt++) {
    const safe = await publisher.publish([one]).catch(() => undefined)
    if (safe) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('The test broker takes nothing')
}

function testClock() {
  let at: number | undefined
  const now = () => new Date(at ?? Date.now())
  return {
    now,
    set: (instant: string | Date) => {
      at = new Date(instant).getTime()
    },
    advance: (ms: number) => {
      at = now().getTime() + ms
    },
    real: () => {
      at = undefined
    },
  }
}

function testIssuer(now: () => Date) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const kid = 'test'
  const publicJwk = publicKey.export({ format: 'jwk' })
  const jwks = { keys: [{ ...publicJwk, kid }] } as Jwks
  const token = ({ userId, schoolId, role }: Person, claims: Record<string, unknown> = {}) =>
    new SignJWT({ school: schoolId, role, sid: randomUUIDv7(), typ: 'access', ...claims })
      .setProtectedHeader({ alg: 'ES256', kid })
      .setSubject(userId)
      .setIssuer(tokenIssuer)
      .setAudience(tokenAudience)
      .setExpirationTime(Math.floor(now().getTime() / 1000) + 600)
      .sign(privateKey)
  return { keys: fixedKeys(jwks), signer: { kid, privateKey, publicJwk }, token }
}

/** The tests' own key first, then those of the user service, once it is open. */
function joinedKeys(first: Keys, later: () => Keys | '' | undefined): Keys {
  let second: Keys | undefined
  return {
    async find(kid) {
      const found = await first.find(kid)
      if (found) return found
      second ??= later() || undefined
      return second?.find(kid)
    },
    has: (kid) => first.has(kid) || (second?.has(kid) ?? false),
    ready: () => true,
    close: () => second?.close(),
  }
}

/** Clients of the open services alone; each request is signed anew, by the clock of the world. */
function openClients(open: OpenService<unknown>[], issuer: ReturnType<typeof testIssuer>, person?: Person): Clients {
  const signedFetch: typeof fetch = async (input, init) => {
    const bearer: Record<string, string> = person ? { authorization: `Bearer ${await issuer.token(person)}` } : {}
    return fetch(input, { ...init, headers: { ...bearer, ...(init?.headers as Record<string, string>) } })
  }
  const opened = Object.fromEntries(open.map(({ name }) => [name, services[name as keyof typeof services]]))
  const urls = Object.fromEntries(open.map(({ name, url }) => [name, url]))
  return clientsOf(opened as typeof services, (name) => ({ origin: urls[name] ?? '', fetch: signedFetch }))
}

type Sql = <Row>(text: string, values?: unknown[]) => Promise<Row[]>
/** Waits until every event said or injected is in the inbox of each service that hears it, and nothing waits to be tried again. */
async function settledOf(open: OpenService<unknown>[], injected: { id: string; name: string }[], sql: Sql) {
  const said = open.map(({ name }) => `select id, name from "${name}".outbox`)
  const all = `${said.join(' union all ')} union all select id, name from jsonb_to_recordset($1) as i (id uuid, name text)`
  const unheard = open.map(
    ({
      name,
      inbox,
    }) => `select '${name} ' || said.name as what from said where said.name in (${inbox.names.map((one) => `'${one}'`).join(',') || 'null'})
      and not exists (select from "${name}".inbox i where i.event_id = said.id)
      and not exists (select from "${name}".retry r where r.event_id = said.id and r.dead_at is not null)
      union all select '${name} retries ' || name from "${name}".retry where dead_at is null`,
  )
  const deadline = Date.now() + settleMsMax
  for (;;) {
    const waiting = await sql<{ what: string }>(`with said as (${all}) ${unheard.join(' union all ')} limit 5`, [JSON.stringify(injected)])
    if (!waiting.length) return
    if (Date.now() > deadline) throw new Error(`Not settled in ${settleMsMax} ms: ${waiting.map(({ what }) => what).join(', ')}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

async function forgetQueues(exchange: string, open: OpenService<unknown>[]) {
  const connection = await connect(storeUrls().amqp)
  const channel = await connection.createChannel()
  for (const { name } of open) await channel.deleteQueue(`${exchange}.${name}`)
  await channel.deleteExchange(exchange)
  await connection.close()
}
