import { setTimeout as sleep } from 'node:timers/promises'
import { type EventName, events } from '@repitbot/contracts/events'
import { type Channel, type ChannelModel, type ConfirmChannel, type ConsumeMessage, connect } from 'amqplib'
import type { Bus } from './bus.ts'
import { describeFault } from './certificate.ts'
import type { Inbox } from './consume.ts'
import type { Log } from './log.ts'
import { openPace } from './pace.ts'
import type { Publication, Publisher } from './publisher.ts'

/** The broker confirms nothing while it is short of memory, so a batch waits no longer than this. */
const confirmMsMax = 5_000
const prefetch = 400
/** Up to this many events of one name are sent in one batch message, a line each: the broker's work depends on the number of messages. */
const eventsPerMessageMax = 50
const lines = 'application/x-ndjson'
const batchMax = 200
/** The service that consumes most gets about 520 messages a second at 200 lessons a second, the load at which no event may wait. */
const pace = { perSecondMax: 600, gatherMs: 30 }
const reconnectMs = 500

/** `exchange` is also the prefix of the queues' names; each test world has its own. */
export type AmqpAddress = { url: string; exchange?: string; log: Log }

/** Carries events through RabbitMQ: a topic exchange, and a durable quorum queue for each consuming service. */
export function amqpBus({ url, exchange = 'repitbot', log }: AmqpAddress): Bus {
  let up = false
  const links: { close(): Promise<void> }[] = []
  const link = (name: string, use: (connection: ChannelModel, lost: () => void) => Promise<void>) => {
    const connected = keepConnected(url, `${exchange}-${name}`, log, async (connection, lost) => {
      await use(connection, lost)
      up = true
      connection.on('close', () => (up = false))
    })
    links.push(connected)
    return connected
  }
  return {
    publisher(service) {
      let channel: ConfirmChannel | undefined
      link(`${service}-out`, async (connection, lost) => {
        const opened = await connection.createConfirmChannel()
        opened.setMaxListeners(0)
        opened.on('error', () => {})
        opened.on('close', () => {
          channel = undefined
          lost()
        })
        await opened.assertExchange(exchange, 'topic', { durable: true })
        channel = opened
      })
      return openPublisher(exchange, () => channel)
    },
    async subscribe(service, inbox) {
      const first = Promise.withResolvers<void>()
      const connected = link(`${service}-in`, async (connection, lost) => {
        await consumeQueue(await connection.createChannel(), { exchange, queue: `${exchange}.${service}`, inbox, lost, log })
        first.resolve()
      })
      await Promise.race([first.promise, new Promise((resolve) => setTimeout(resolve, 3_000).unref())])
      return connected.close
    },
    state: () => (up ? 'up' : 'down'),
    close: async () => void (await Promise.all(links.map((one) => one.close()))),
  }
}

/** Connects, and connects again whenever the connection or its channel is lost, until closed. */
function keepConnected(url: string, name: string, log: Log, use: (connection: ChannelModel, lost: () => void) => Promise<void>) {
  let closed = false
  let connection: ChannelModel | undefined
  const wait = Promise.withResolvers<void>()
  const run = async () => {
    let failures = 0
    while (!closed) {
      try {
        const opened = await connect(url, { clientProperties: { connection_name: name }, noDelay: true, timeout: 3_000 })
        connection = opened
        const disconnected = new Promise<void>((resolve) => {
          opened.on('error', () => resolve())
          opened.on('close', () => resolve())
          use(opened, resolve).then(() => (failures = 0), resolve)
        })
        await disconnected
        await opened.close().catch(() => {})
      } catch (error) {
        if (failures++ === 0) log.warn({ error: describeFault(error) }, 'The broker cannot be reached; connecting again until it answers')
      }
      if (!closed) await Promise.race([wait.promise, new Promise((resolve) => setTimeout(resolve, reconnectMs * (1 + Math.random())))])
    }
  }
  const running = run()
  return {
    async close() {
      closed = true
      wait.resolve()
      await connection?.close().catch(() => {})
      await running
    },
  }
}

/** Publishes a batch and waits for its confirms. A message that no queue is bound to is returned and does not count as safe, unless it is external. */
function openPublisher(exchange: string, current: () => ConfirmChannel | undefined): Publisher {
  return {
    async publish(batch: Publication[]) {
      const channel = current()
      if (!channel) throw new Error('The broker is not connected')
      const messages = toMessages(batch)
      const returned = new Set<string>()
      const onReturn = (message: { properties: { messageId?: unknown } }) => returned.add(String(message.properties.messageId))
      channel.on('return', onReturn)
      try {
        for (const { id, name, publications } of messages)
          channel.publish(exchange, name, Buffer.from(publications.map(({ envelope }) => envelope).join('\n')), {
            persistent: true,
            mandatory: !isExternal(name),
            messageId: id,
            contentType: publications.length > 1 ? lines : 'application/json',
          })
        await within(confirmMsMax, channel.waitForConfirms(), channel)
      } finally {
        channel.removeListener('return', onReturn)
      }
      return messages.flatMap(({ id, publications }) => (returned.has(id) ? [] : publications.map(({ seq }) => seq)))
    },
  }
}

const isExternal = (name: string) => 'external' in (events[name as EventName] ?? {})

/** Joins events of one name into batch messages, in their order, under the id of the first. External events are sent alone. */
function toMessages(batch: Publication[]): { id: string; name: string; publications: Publication[] }[] {
  const filling = new Map<string, Publication[]>()
  return batch.flatMap((one) => {
    const { id, name } = one
    const started = filling.get(name)
    if (started && started.length < eventsPerMessageMax) {
      started.push(one)
      return []
    }
    const publications = [one]
    if (!isExternal(name)) filling.set(name, publications)
    return [{ id, name, publications }]
  })
}

/** Throws when the confirms do not come in time. It closes the channel first, so that late confirms are not taken for those of the next batch. */
async function within(ms: number, confirms: Promise<void>, channel: Channel) {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The broker confirmed nothing for ${ms} ms`)), ms)
  })
  try {
    await Promise.race([confirms, late])
  } catch (error) {
    confirms.catch(() => {})
    channel.close().catch(() => {})
    throw error
  } finally {
    clearTimeout(timer)
  }
}

/** When the connection closed meanwhile, the broker delivers the batch again, and the inbox skips what it has handled. */
function acknowledge(channel: Channel, last: ConsumeMessage) {
  try {
    channel.ack(last, true)
  } catch {}
}

type QueueOptions = { exchange: string; queue: string; inbox: Inbox; lost: () => void; log: Log }

/** Feeds the inbox in micro-batches: one at a time, of everything that has arrived meanwhile. While the database is down they wait. */
async function consumeQueue(channel: Channel, { exchange, queue, inbox, lost, log }: QueueOptions) {
  let open = true
  channel.on('error', (error) => log.warn({ error: String(error) }, 'The broker closed a channel'))
  channel.on('close', () => {
    open = false
    lost()
  })
  await channel.assertExchange(exchange, 'topic', { durable: true })
  await channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': 1_000_000 } })
  for (const name of inbox.names) await channel.bindQueue(queue, exchange, name)
  await channel.prefetch(prefetch)

  /** The text of an event. The last event of a message holds the message, to be acknowledged after it. */
  const waiting: { text: string; message?: ConsumeMessage }[] = []
  const gatheringMs = openPace(pace)
  let working = false
  const work = async () => {
    working = true
    while (open && waiting.length) {
      const batch = waiting.splice(0, batchMax)
      while (open) {
        try {
          await inbox.accept(batch.map(({ text }) => text))
          const last = batch.findLast(({ message }) => message)?.message
          if (open && last) acknowledge(channel, last)
          const ms = gatheringMs(batch.length)
          if (ms && waiting.length < batchMax / 2) await sleep(ms)
          break
        } catch (error) {
          log.warn({ error: String(error), waiting: batch.length }, 'Events wait for the database')
          await sleep(reconnectMs)
        }
      }
    }
    working = false
  }
  await channel.consume(queue, (message) => {
    if (!message) return lost()
    const text = message.content.toString()
    const texts = message.properties.contentType === lines ? text.split('\n') : [text]
    waiting.push(...texts.map((one, at) => (at < texts.length - 1 ? { text: one } : { text: one, message })))
    if (!working) {
      working = true
      setImmediate(() => void work())
    }
  })
}
