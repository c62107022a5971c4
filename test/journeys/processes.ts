import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes, randomUUIDv7 } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { EventName, NewEvent } from '@repitbot/contracts/events'
import { serviceNames } from '@repitbot/contracts/services'
import { amqpBus } from '@repitbot/kit/amqp'
import { openLog } from '@repitbot/kit/log'
import { dropDatabase, ownerAddress, rolePassword, storeUrls, throwAwayDatabase, withOwner } from '@repitbot/kit/testing/stores'
import { connect } from 'amqplib'
import { services } from '../../start/services.ts'
import { root } from '../sources.ts'
import { freePorts } from '../stores/process.ts'
import type { AbortPoint } from './abort-points.ts'

type Name = AbortPoint['service']
/** All that a lesson's story goes through: signing in is vouched for by keys of the test's own, and the bot only talks. */
const names = serviceNames.filter((name): name is Name => name !== 'user' && name !== 'bot')
const readyMsMax = 20_000
const settleMsMax = 20_000

export type Processes = Awaited<ReturnType<typeof openProcesses>>

/** The services as processes of their own, as in pods, on a new database and exchange; whoever signs in is vouched for by the keys given. */
export async function openProcesses(jwks: object) {
  const name = `processes_${randomBytes(6).toString('hex')}`
  await throwAwayDatabase(name, Object.values(services))
  const keys = createServer((_request, response) => response.setHeader('content-type', 'application/json').end(JSON.stringify(jwks)))
  await new Promise<void>((resolve) => keys.listen(0, '127.0.0.1', resolve))
  const signer = `http://127.0.0.1:${(keys.address() as AddressInfo).port}`
  const ports = await freePorts(names.length)
  const urls = Object.fromEntries(names.map((service, at) => [service, `http://127.0.0.1:${ports[at]}`])) as Record<Name, string>
  const children = new Map<Name, ChildProcess>()
  const bus = amqpBus({ url: storeUrls().amqp, exchange: name, log: openLog('test', 'silent') })
  const publisher = bus.publisher('world')
  const sql = <Row = Record<string, unknown>>(text: string, values?: unknown[]) =>
    withOwner(name, async (owner) => (await owner.query(text, values)).rows as Row[])

  const start = (service: Name) => {
    const child = spawn(
      process.execPath,
      ['--import', join(import.meta.dirname, 'abort.ts'), join('services', service, 'src', 'main.ts')],
      {
        cwd: root,
        env: { ...environmentOf(name, signer), PORT: new URL(urls[service]).port },
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      },
    )
    children.set(service, child)
    return ready(urls[service])
  }
  process.once('exit', () => {
    for (const child of children.values()) child.kill('SIGKILL')
  })

  const hear = async <N extends EventName>(event: N, body: Extract<NewEvent, { name: N }>['body'], schoolId: string) => {
    const envelope = {
      id: randomUUIDv7(),
      name: event,
      schemaVersion: 1,
      schoolId,
      occurredAt: new Date().toISOString(),
      correlationId: randomUUIDv7(),
      body,
    }
    for (let attempt = 0; ; attempt++) {
      const safe = await publisher.publish([{ seq: '0', id: envelope.id, name: event, envelope: JSON.stringify(envelope) }]).catch(() => [])
      if (safe.length) return envelope.id
      if (attempt > 200) throw new Error('The broker takes nothing')
      await sleep(20)
    }
  }

  /** Until everything said has left and everything sent was handled: what is said last, to no effect, has come through every queue. */
  const idle = async () => {
    const nobody = randomUUIDv7()
    for (let hop = 0; hop < names.length; hop++) {
      await until(async () => !(await sql(unpublished)).length, 'The outboxes are not empty')
      const last = await hear('reach.revoked', { holderId: nobody, overId: nobody, as: 'tutor', version: 1 }, nobody)
      await until(async () => !(await sql(unheard, [last])).length, 'The queues are not empty')
    }
  }
  const all = (select: (service: Name) => string) => names.map(select).join(' union all ')
  const unpublished = `${all((service) => `select from ${service}.outbox where published_at is null`)} limit 1`
  const unheard = all((service) => `select from (select 1) one where not exists (select from ${service}.inbox where event_id = $1)`)

  await Promise.all(names.map(start))
  return {
    urls,
    sql,
    hear,
    idle,
    start,
    /** Tells a process where to end; resolves when it knows. `ended` waits for that end. */
    async arm({ service, ...point }: AbortPoint) {
      const child = children.get(service) as ChildProcess
      const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
      const told = once(child, 'message')
      child.send(point)
      await told
      return { ended: async () => (await Promise.race([ended, sleep(15_000, ['never'] as const, { ref: false })])).at(-1) }
    },
    async close() {
      const ends = [...children.values()]
        .filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)
        .map((child) => once(child, 'close'))
      for (const child of children.values()) child.kill('SIGKILL')
      await Promise.all(ends)
      keys.closeAllConnections()
      keys.close()
      await bus.close()
      await forget(name)
      await dropDatabase(name)
    },
  }
}

function environmentOf(name: string, signer: string): NodeJS.ProcessEnv {
  const { amqp, redis } = storeUrls()
  const [{ host, port }, broker, cache] = [ownerAddress(name), new URL(amqp), new URL(redis)]
  return {
    ...{ PATH: process.env.PATH, ENVIRONMENT: 'test', LOG_LEVEL: process.env.TEST_LOG ?? 'silent', HOST: '127.0.0.1' },
    ...{ POSTGRES_HOST: host, POSTGRES_PORT: `${port}`, POSTGRES_DB: name, POSTGRES_PASSWORD: rolePassword },
    ...{ RABBITMQ_HOST: broker.hostname, RABBITMQ_PORT: broker.port, RABBITMQ_EXCHANGE: name },
    ...{ RABBITMQ_DEFAULT_USER: broker.username, RABBITMQ_DEFAULT_PASS: broker.password },
    ...{ REDIS_HOST: cache.hostname, REDIS_PORT: cache.port, UPSTREAM_USER: signer, SERVICE_SECRET: 'a-service-secret-of-processes' },
  }
}

async function ready(url: string): Promise<void> {
  await until(async () => (await fetch(`${url}/health/ready`).catch(() => undefined))?.ok ?? false, `${url} is not ready`, readyMsMax)
}

async function until(isSo: () => Promise<boolean>, otherwise: string, msMax = settleMsMax): Promise<void> {
  for (const begun = Date.now(); !(await isSo()); await sleep(20)) if (Date.now() - begun > msMax) throw new Error(otherwise)
}

async function forget(exchange: string) {
  const connection = await connect(storeUrls().amqp)
  const channel = await connection.createChannel()
  for (const service of names) await channel.deleteQueue(`${exchange}.${service}`)
  await channel.deleteExchange(exchange)
  await connection.close()
}
