import type { ConsumedEvent } from '@repitbot/contracts/events'
import { amqpBus } from '@repitbot/kit/amqp'
import { openInbox } from '@repitbot/kit/consume'
import { connect } from 'amqplib'
import { DataTypes } from 'sequelize'
import { median, print, report } from '../fleet/results.ts'
import { type BenchRuntime, envelope, log, noMetrics, schoolId } from './runtime.ts'

const rounds = 3
/** Enough to measure each way for some seconds. */
const counts = { inbox: 20_000, each: 2_000, sequelize: 1_000 }
const exchange = 'bench'
const queue = 'bench.student'

type Way = keyof typeof counts

/** P3, consuming: the kit's inbox beside consumers with a transaction for each message, by pg and by Sequelize. All are idempotent and write one row. */
export async function benchConsumers(on: BenchRuntime): Promise<void> {
  const connection = await connect(on.amqp, { noDelay: true })
  const channel = await connection.createChannel()
  await channel.assertExchange(exchange, 'topic', { durable: true })
  await channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': 1_000_000 } })
  await channel.bindQueue(queue, exchange, 'lesson.completed')
  const ways: Record<Way, () => Promise<number>> = {
    inbox: () => byInbox(on),
    each: () => byEach(on, 'each', (id, studentId) => handleOne(on, id, studentId)),
    sequelize: () => byEach(on, 'sequelize', handleBySequelize(on)),
  }
  const speeds: Record<Way, number[]> = { inbox: [], each: [], sequelize: [] }
  for (let round = 0; round < rounds; round++) {
    for (const way of Object.keys(ways) as Way[]) {
      await fillQueue(on, counts[way])
      speeds[way].push(await ways[way]())
    }
    const texts = (Object.keys(ways) as Way[]).map((way) => `${way} ${Math.round(speeds[way].at(-1) ?? 0).toLocaleString('en')}/s`)
    print(`        round ${round + 1}: ${texts.join(', ')}`)
  }
  compare('P3 consumers against a transaction per message', speeds.inbox, speeds.each, 10)
  compare('P3 consumers against a Sequelize transaction per message', speeds.inbox, speeds.sequelize, 20)
  await channel.deleteQueue(queue)
  await connection.close()
}

function compare(name: string, ours: number[], theirs: number[], goal: number): void {
  const ratio = median(ours.map((speed, round) => speed / (theirs[round] ?? 0)))
  const figure = `${ratio.toFixed(1)} x (medians ${Math.round(median(ours))} and ${Math.round(median(theirs))} events/s, ${rounds} rounds)`
  report({ name, figure, goal: `>= ${goal} x`, met: ratio >= goal })
}

async function fillQueue({ owner, amqp }: BenchRuntime, count: number): Promise<void> {
  await owner.query('truncate inbox, tally')
  const connection = await connect(amqp, { noDelay: true })
  const channel = await connection.createConfirmChannel()
  await channel.purgeQueue(queue)
  for (let from = 0; from < count; from += 1_000) {
    for (let n = from; n < Math.min(count, from + 1_000); n++) {
      const { id, name, text } = envelope()
      channel.publish(exchange, name, Buffer.from(text), { persistent: true, messageId: id })
    }
    await channel.waitForConfirms()
  }
  await connection.close()
}

async function byInbox({ database, amqp }: BenchRuntime): Promise<number> {
  const finished = Promise.withResolvers<void>()
  let done = 0
  const tally = async (batch: ConsumedEvent<'lesson.completed'>[]) =>
    database.transaction({ schoolId }, async (tx) => {
      const rows = batch.flatMap(({ id, body }) => body.students.map(({ studentId }) => ({ id, studentId })))
      await tx.query(
        'insert into tally (id, school_id, student_id) select i, $1, s from unnest($2::uuid[], $3::uuid[]) as t (i, s)',
        [schoolId, rows.map(({ id }) => id), rows.map(({ studentId }) => studentId)],
        'tally',
      )
    })
  const metrics = {
    ...noMetrics,
    countHandled: (count: number) => {
      done += count
      if (done >= counts.inbox) finished.resolve()
    },
  }
  const inbox = openInbox({ service: 'student', database, consumers: [{ 'lesson.completed': tally }], log, metrics })
  const bus = amqpBus({ url: amqp, exchange, log })
  const begun = performance.now()
  await bus.subscribe('student', inbox)
  await finished.promise
  const seconds = (performance.now() - begun) / 1000
  await bus.close()
  await inbox.close()
  return counts.inbox / seconds
}

/** A common consumer: one transaction and one acknowledgement for each message. */
async function byEach({ amqp }: BenchRuntime, way: Way, handle: (id: string, studentId: string) => Promise<void>): Promise<number> {
  const connection = await connect(amqp, { noDelay: true })
  const channel = await connection.createChannel()
  await channel.prefetch(100)
  const finished = Promise.withResolvers<void>()
  let done = 0
  let last = Promise.resolve()
  const begun = performance.now()
  await channel.consume(queue, (message) => {
    if (!message) return
    last = last.then(async () => {
      const { id, body } = JSON.parse(message.content.toString()) as { id: string; body: { students: [{ studentId: string }] } }
      await handle(id, body.students[0].studentId)
      channel.ack(message)
      if (++done === counts[way]) finished.resolve()
    })
  })
  await finished.promise
  const seconds = (performance.now() - begun) / 1000
  await connection.close()
  return counts[way] / seconds
}

async function handleOne({ database }: BenchRuntime, id: string, studentId: string): Promise<void> {
  const client = await database.pool.connect()
  try {
    await client.query(`begin; set local app.school = '${schoolId}'`)
    const { rowCount } = await client.query('insert into inbox (event_id) values ($1) on conflict do nothing', [id])
    if (rowCount) await client.query('insert into tally (id, school_id, student_id) values ($1, $2, $3)', [id, schoolId, studentId])
    await client.query('commit')
  } finally {
    client.release()
  }
}

function handleBySequelize({ database: { sequelize, transaction } }: BenchRuntime): (id: string, studentId: string) => Promise<void> {
  const { UUID } = DataTypes
  const inbox = sequelize.define('inbox', { eventId: { type: UUID, primaryKey: true } })
  const tally = sequelize.define('tally', { id: { type: UUID, primaryKey: true }, schoolId: UUID, studentId: UUID })
  return (id, studentId) =>
    transaction({ schoolId }, async (tx) => {
      const [, made] = await inbox.findOrCreate({ where: { eventId: id }, transaction: tx.sequelize })
      if (made) await tally.create({ id, schoolId, studentId }, { transaction: tx.sequelize })
    })
}
