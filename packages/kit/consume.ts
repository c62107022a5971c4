import { createHash } from 'node:crypto'
import type { ConsumedEvent, Consumers, EventName } from '@repitbot/contracts/events'
import { events } from '@repitbot/contracts/events'
import { isUuid, uuidFrom } from '@repitbot/contracts/uuid'
import type { z } from 'zod'
import { withContext } from './context.ts'
import { type OpenDatabase, schoolsOf } from './database.ts'
import type { Envelope } from './envelope.ts'
import { Failure } from './failure.ts'
import type { Log } from './log.ts'
import type { ServiceMetrics } from './metrics.ts'
import { tolerant } from './tolerant.ts'

/** How often an event is tried, with growing waits, before it becomes a dead letter. */
const attemptsMax = 5
const retryBatch = 20

export type Inbox = {
  names: EventName[]
  /**
   * Handles each event once, or stores it for a retry: when this resolves, nothing of the batch can be lost. Throws `unavailable` when the
   * database cannot be reached; the caller then passes the batch again.
   */
  accept(events: string[]): Promise<void>
  /** Resolves once no batch is being handled. */
  idle(): Promise<void>
  close(): Promise<void>
}
export type InboxDeps = {
  service: string
  database: OpenDatabase
  /** Tables of consumers; the handlers of one event run in the order of the tables. */
  consumers: Consumers[]
  /** The order of events within each table; those not named come last. */
  order?: readonly EventName[] | undefined
  log: Log
  metrics: ServiceMetrics
  /** The wait before the first retry; each next one is four times as long. */
  retryMs?: number
}
type Message = { envelope: Envelope; text: string }
/** Marks nothing outside a transaction of a school: when `begin` fails, this first statement runs alone, outside any transaction. */
const markConsumedSql = `insert into inbox (event_id) select unnest($1::uuid[]) where current_setting('app.school', true) <> ''
  on conflict do nothing returning event_id`

/** The inbox of a service. It handles every event once, in micro-batches; the effect and the mark in the inbox are one transaction. */
export function openInbox(deps: InboxDeps): Inbox {
  const { database, log, metrics } = deps
  const retryMs = deps.retryMs ?? 1_000
  const handlers = handlersOf(deps.consumers, deps.order)
  let accepting = 0

  const handle = async (messages: Message[]) => {
    await database.transaction(schoolsOf(messages.map(({ envelope }) => envelope)), async (tx) => {
      const fresh = await tx.query<{ event_id: string }>(markConsumedSql, [messages.map(({ envelope }) => envelope.id)], 'inbox')
      const notHandled = new Set(fresh.map(({ event_id }) => event_id))
      const batches = new Map<EventName, ConsumedEvent<EventName>[]>()
      for (const { envelope } of messages) {
        if (!notHandled.delete(envelope.id)) continue
        const { id, name, schoolId, correlationId, occurredAt } = envelope
        const batch = batches.get(name) ?? []
        batches.set(name, batch)
        batch.push({ id, schoolId, correlationId, occurredAt, body: envelope.body } as ConsumedEvent<EventName>)
      }
      // In the declared order, not that of arrival: a person's card and links are needed by the events about that person.
      for (const [name, ofEvent] of handlers) {
        const batch = batches.get(name)
        if (batch) for (const handle of ofEvent) await handle(batch)
      }
    })
    metrics.countHandled(messages.length)
  }

  /** Halves a failing batch until the failing event is alone, so that the others are handled at nearly full speed. */
  const attempt = async (messages: Message[]): Promise<void> => {
    const [only] = messages
    if (!only) return
    const context = { correlationId: messages.length === 1 ? only.envelope.correlationId : undefined }
    try {
      await withContext(context, () => handle(messages))
    } catch (error) {
      if (error instanceof Failure && error.code === 'unavailable') throw error
      if (messages.length === 1) return storeForRetry(only, error)
      const half = Math.ceil(messages.length / 2)
      await attempt(messages.slice(0, half))
      await attempt(messages.slice(half))
    }
  }

  const storeForRetry = async ({ envelope, text }: Message, error: unknown, attemptsLeft = attemptsMax - 1) => {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error)
    const { rows } = await database.pool.query<{ attempts: number; dead: boolean }>(
      `insert into retry as r (event_id, name, envelope, attempts, next_at, error, dead_at)
       values ($1, $2, $3, 1, now() + $4 * interval '1 ms', $5, case when $6 < 1 then now() end)
       on conflict (event_id) do update set attempts = r.attempts + 1, error = excluded.error,
         next_at = now() + $4 * power(4, r.attempts) * interval '1 ms',
         dead_at = case when r.attempts + 1 >= ${attemptsMax} then now() end
       returning attempts, dead_at is not null as dead`,
      [envelope.id, envelope.name, withoutNul(text), retryMs, withoutNul(reason).slice(0, 2000), attemptsLeft],
    )
    const dead = rows[0]?.dead ?? false
    if (dead) metrics.countDeadLettered(1)
    const fields = {
      event: envelope.name,
      eventId: envelope.id,
      attempts: rows[0]?.attempts,
      correlationId: envelope.correlationId,
      error: reason,
    }
    log[dead ? 'error' : 'warn'](fields, dead ? 'An event became a dead letter: it could not be handled' : 'An event will be tried again')
  }

  const retryDue = async () => {
    const client = database.pool
    const { rows } = await client.query<{ event_id: string; envelope: string }>(
      `update retry set next_at = now() + interval '30 s' where event_id in (
         select event_id from retry where dead_at is null and next_at <= now() order by next_at limit ${retryBatch} for update skip locked
       ) returning event_id, envelope`,
    )
    for (const { event_id, envelope: text } of rows) {
      const message = readMessage(text)
      try {
        if ('fault' in message) throw message.fault
        await withContext({ correlationId: message.envelope.correlationId }, () => handle([message]))
        await client.query('delete from retry where event_id = $1', [event_id])
      } catch (error) {
        if (error instanceof Failure && error.code === 'unavailable') return
        await storeForRetry(message, error)
      }
    }
  }
  let retrying: Promise<void> | undefined
  const timer = setInterval(
    () => {
      retrying ??= retryDue()
        .catch((error) => log.debug({ error: String(error) }, 'Retries wait for the database'))
        .finally(() => (retrying = undefined))
    },
    Math.min(retryMs, 500),
  )

  return {
    names: [...handlers.keys()],
    async accept(texts) {
      accepting++
      try {
        const messages: Message[] = []
        for (const text of texts) {
          const message = readMessage(text)
          if ('fault' in message) await storeForRetry(message, message.fault, 0)
          else if (handlers.has(message.envelope.name)) messages.push(message)
        }
        await attempt(messages)
      } catch (error) {
        throw error instanceof Failure ? error : new Failure('unavailable', {}, { cause: error })
      } finally {
        accepting--
      }
    },
    async idle() {
      while (accepting > 0) await new Promise((resolve) => setTimeout(resolve, 2))
    },
    async close() {
      clearInterval(timer)
      await retrying
    },
  }
}

/** Postgres has no character 0 in a text; a message with one must become a dead letter like any other that cannot be read. */
const withoutNul = (text: string) => text.replaceAll('\0', '\uFFFD')

function handlersOf(consumers: Consumers[], order: readonly EventName[] = []) {
  const placeOf = ([name]: [EventName, unknown]) => (order.includes(name) ? order.indexOf(name) : order.length)
  const handlers = new Map<EventName, ((batch: ConsumedEvent<EventName>[]) => Promise<void>)[]>()
  for (const table of consumers) {
    const entries = Object.entries(table) as [EventName, (batch: ConsumedEvent<EventName>[]) => Promise<void>][]
    for (const [name, handle] of entries.toSorted((a, b) => placeOf(a) - placeOf(b)))
      handlers.set(name, [...(handlers.get(name) ?? []), handle])
  }
  return handlers
}

/** Each schema is made when the first event of its name comes: making all of them would slow the start of every service. */
const bodies = new Map<EventName, z.ZodType>()
function consumedBody(name: EventName): z.ZodType | undefined {
  const body = bodies.get(name) ?? (events[name] && tolerant(events[name].body))
  if (body) bodies.set(name, body)
  return body
}

/** Reads an event and drops the unknown fields of its body. One that cannot be read becomes a dead letter at once, under an id made from its text. */
function readMessage(text: string): Message & { fault?: unknown } {
  try {
    const envelope = JSON.parse(text) as Envelope
    if (!isUuid(envelope.id) || !isUuid(envelope.schoolId)) throw new Error('The envelope has no id or school')
    const checked = consumedBody(envelope.name)?.safeParse(envelope.body)
    if (checked && !checked.success) return { envelope, text, fault: checked.error }
    return { envelope: { ...envelope, body: checked?.data }, text }
  } catch (fault) {
    const hash = createHash('sha256').update(text).digest('hex')
    const id = uuidFrom(hash)
    const envelope = {
      id,
      name: 'unreadable' as EventName,
      schemaVersion: 1,
      schoolId: id,
      occurredAt: '',
      correlationId: '',
      body: {},
    } as const
    return { envelope, text, fault }
  }
}
