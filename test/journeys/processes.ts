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
import { freePorts } from '../../start/processes.ts'
import { services } from '../../start/services.ts'
import { root } from '../sources.ts'
import type { AbortPoint } from './abort-points.ts'

type Name = AbortPoint['service']
/** The services that handle a lesson. The test signs tokens itself in place of the user service, and needs no bot. */
const names = serviceNames.filter((name): name is Name => name !== 'user' && name !== 'bot')
const readyMsMax = 20_000
const idleMsMax = 20_000

export type Processes = Awaited<ReturnType<typeof openProcesses>>

/** Runs the services as processes of their own, as in pods, on a new database and exchange. Tokens signed by the given keys are valid. */
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
    return waitUntilReady(urls[service])
  }
  process.once('exit', () => {
    for (const child of children.values()) child.kill('SIGKILL')
  })

  const publish = async <N extends EventName>(event: N, body: Extract<NewEvent, { name: N }>['body'], schoolId: string) => {
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
      if (attempt > 200) throw new Error('The broker does not accept the event')
      await sleep(20)
    }
  }

  /** Waits until every event is published and handled. An event without effect is published last: once it has come through every queue, all before it have too. */
  const idle = async () => {
    const nobody = randomUUIDv7()
    for (let hop = 0; hop < names.length; hop++) {
      await waitFor(async () => !(await sql(unpublished)).length, 'The outboxes are not empty')
      const last = await publish('reach.revoked', { holderId: nobody, overId: nobody, as: 'tutor', version: 1 }, nobody)
      await waitFor(async () => !(await sql(unconsumed, [last])).length, 'The queues are not empty')
    }
  }
  const all = (select: (service: Name) => string) => names.map(select).join(' union all ')
  const unpublished = `${all((service) => `select from ${service}.outbox where published_at is null`)} limit 1`
  const unconsumed = all((service) => `select from (select 1) one where not exists (select from ${service}.inbox where event_id = $1)`)

  await Promise.all(names.map(start))
  return {
    urls,
    sql,
    publish,
    idle,
    start,
    /** Sets the point at which a process kills itself. `ended` waits for that, and returns the signal. */
    async arm({ service, ...point }: AbortPoint) {
      const child = children.get(service) as ChildProcess
      const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
      const isArmed = once(child, 'message')
      child.send(point)
      await isArmed
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
      await deleteQueues(name)
      await dropDatabase(name)
    },
  }
}

function environmentOf(name: string, signer: string): NodeJS.ProcessEnv {
  const { amqp, redis } = storeUrls()
  const [{ host, port }, broker, cache] = [ownerAddress(name), new URL(amqp), new URL(redis)]
  return {
    PATH: process.env.PATH,
    ENVIRONMENT: 'test',
    LOG_LEVEL: process.env.TEST_LOG ?? 'silent',
    HOST: '127.0.0.1',
    POSTGRES_HOST: host,
    POSTGRES_PORT: `${port}`,
    POSTGRES_DB: name,
    POSTGRES_PASSWORD: rolePassword,
    RABBITMQ_HOST: broker.hostname,
    RABBITMQ_PORT: broker.port,
    RABBITMQ_EXCHANGE: name,
    RABBITMQ_DEFAULT_USER: broker.username,
    RABBITMQ_DEFAULT_PASS: broker.password,
    REDIS_HOST: cache.hostname,
    REDIS_PORT: cache.port,
    UPSTREAM_USER: signer,
    SERVICE_SECRET: 'a-service-secret-of-processes',
  }
}

async function waitUntilReady(url: string): Promise<void> {
  await waitFor(async () => (await fetch(`${url}/health/ready`).catch(() => undefined))?.ok ?? false, `${url} is not ready`, readyMsMax)
}

async function waitFor(isDone: () => Promise<boolean>, otherwise: string, msMax = idleMsMax): Promise<void> {
  for (const begun = Date.now(); !(await isDone()); await sleep(20)) if (Date.now() - begun > msMax) throw new Error(otherwise)
}

async function deleteQueues(exchange: string) {
  const connection = await connect(storeUrls().amqp)
  const channel = await connection.createChannel()
  for (const service of names) await channel.deleteQueue(`${exchange}.${service}`)
  await channel.deleteExchange(exchange)
  await connection.close()
}
