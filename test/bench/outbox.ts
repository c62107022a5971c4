import { setTimeout as sleep } from 'node:timers/promises'
import { amqpBus } from '@repitbot/kit/amqp'
import { openRelay } from '@repitbot/kit/outbox'
import type { Publisher } from '@repitbot/kit/publisher'
import { connect } from 'amqplib'
import { median, print, quantile, report } from '../fleet/results.ts'
import { type BenchRuntime, envelope, log, noMetrics, schoolId } from './runtime.ts'

const events = 20_000
const windowOf = 500
const rounds = 5
const latencySeconds = 10
const latencyRounds = 3
const perSecond = 100
const exchange = 'bench'
const queue = 'bench.consumed'

/** P3, publishing: how fast a full outbox is published compared with amqplib alone, and how soon after a commit the broker confirms. */
export async function benchOutbox(runtime: BenchRuntime): Promise<void> {
  const connection = await connect(runtime.amqp, { noDelay: true })
  const channel = await connection.createConfirmChannel()
  await channel.assertExchange(exchange, 'topic', { durable: true })
  await channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } })
  await channel.bindQueue(queue, exchange, '#')
  const drains: number[] = []
  const raws: number[] = []
  for (let round = 0; round < rounds; round++) {
    drains.push(await drain(runtime))
    await channel.purgeQueue(queue)
    raws.push(await raw(channel))
    await channel.purgeQueue(queue)
    print(`        round ${round + 1}: outbox ${perS(drains.at(-1))} events/s, amqplib alone ${perS(raws.at(-1))}`)
  }
  const ratio = median(drains.map((drain, round) => drain / (raws[round] ?? 0)))
  report({
    name: 'P3 outbox drain against amqplib confirms in windows of 500',
    figure: `${ratio.toFixed(2)} x (medians ${perS(median(drains))} and ${perS(median(raws))} events/s, ${rounds} rounds of ${events})`,
    goal: '>= 0.6 x',
    met: ratio >= 0.6,
  })
  const windows: number[][] = []
  for (let round = 0; round < latencyRounds; round++) windows.push(await latencies(runtime))
  const p50 = median(windows.map((waits) => quantile(waits, 0.5)))
  const p99 = median(windows.map((waits) => quantile(waits, 0.99)))
  report({
    name: `P3 commit to confirmed at ${perSecond}/s`,
    figure: `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms (medians of ${latencyRounds} runs of ${latencySeconds} s)`,
    goal: 'p50 <= 5 ms, p99 <= 20 ms',
    met: p50 <= 5 && p99 <= 20,
  })
  await channel.deleteQueue(queue)
  await connection.close()
}

const perS = (value = 0) => Math.round(value).toLocaleString('en')

/** Fills the outbox and measures how fast the relay publishes it, in events per second. */
async function drain({ owner, address, database, amqp }: BenchRuntime): Promise<number> {
  const rows = Array.from({ length: events }, envelope)
  await owner.query('truncate outbox')
  await owner.query(
    'insert into outbox (id, school_id, name, envelope) select i, $1, $2, e from unnest($3::uuid[], $4::text[]) as u (i, e)',
    [schoolId, 'lesson.completed', rows.map(({ id }) => id), rows.map(({ text }) => text)],
  )
  await owner.query('vacuum analyze outbox')
  const bus = amqpBus({ url: amqp, exchange, log })
  const publisher = bus.publisher('student')
  await waitForConnection(publisher)
  const begun = performance.now()
  let done = 0
  const finished = Promise.withResolvers<void>()
  const metrics = {
    ...noMetrics,
    published: (count: number) => {
      done += count
      if (done >= events) finished.resolve()
    },
  }
  const relay = openRelay({ service: 'student', address, database, publisher, log, metrics })
  await finished.promise
  const seconds = (performance.now() - begun) / 1000
  await relay.close()
  await bus.close()
  return events / seconds
}

/** Waits until the bus has connected, which is not part of the measurement. */
async function waitForConnection(publisher: Publisher): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const isConnected = await publisher.publish([]).then(
      () => true,
      () => false,
    )
    if (isConnected) return
    await sleep(20)
  }
  throw new Error('The broker cannot be reached')
}

async function raw(channel: Awaited<ReturnType<Awaited<ReturnType<typeof connect>>['createConfirmChannel']>>): Promise<number> {
  const rows = Array.from({ length: events }, envelope)
  const begun = performance.now()
  for (let from = 0; from < events; from += windowOf) {
    for (const { id, name, text } of rows.slice(from, from + windowOf))
      channel.publish(exchange, name, Buffer.from(text), {
        persistent: true,
        mandatory: true,
        messageId: id,
        contentType: 'application/json',
      })
    await channel.waitForConfirms()
  }
  return events / ((performance.now() - begun) / 1000)
}

/** The time from the answer to a commit until the broker confirms its event, in ms, at a steady rate. */
async function latencies({ owner, address, database, amqp }: BenchRuntime): Promise<number[]> {
  await owner.query('truncate outbox')
  const bus = amqpBus({ url: amqp, exchange, log })
  const inner = bus.publisher('student')
  await waitForConnection(inner)
  const confirmed = new Map<string, number>()
  const publisher: Publisher = {
    async publish(batch) {
      const safe = await inner.publish(batch)
      const at = performance.now()
      for (const { id } of batch) confirmed.set(id, at)
      return safe
    },
  }
  const relay = openRelay({ service: 'student', address, database, publisher, log, metrics: noMetrics })
  await sleep(1_000)
  const committed = new Map<string, number>()
  const begun = performance.now()
  const commits: Promise<void>[] = []
  for (let n = 0; n < perSecond * latencySeconds; n++) {
    const wait = begun + (n * 1000) / perSecond - performance.now()
    if (wait > 1) await sleep(wait)
    commits.push(publishOne(database, committed))
  }
  await Promise.all(commits)
  await relay.waitUntilPublished()
  await relay.close()
  await bus.close()
  const { rows } = await owner.query<{ id: string; envelope: string }>('select id, envelope from outbox')
  return rows.flatMap(({ id, envelope }) => {
    const lessonId = (JSON.parse(envelope) as { body: { lessonId: string } }).body.lessonId
    const [from, to] = [committed.get(lessonId), confirmed.get(id)]
    // The confirm may come before the answer to the commit is read; that counts as 0 ms.
    return from === undefined || to === undefined ? [] : [Math.max(0, to - from)]
  })
}

async function publishOne(database: BenchRuntime['database'], committed: Map<string, number>): Promise<void> {
  const { body, correlationId } = JSON.parse(envelope().text)
  await database.transaction({ schoolId }, async (tx) => tx.publish({ name: 'lesson.completed', body, correlationId }))
  committed.set(body.lessonId, performance.now())
}
