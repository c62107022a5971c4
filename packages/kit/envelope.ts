import { randomUUIDv7 } from 'node:crypto'
import { type EventName, events, type NewEvent } from '@repitbot/contracts/events'
import type { z } from 'zod'
import { context } from './context.ts'
import { toStorable } from './storable.ts'

/** An event in the form in which it is stored and sent. */
export type Envelope = {
  id: string
  name: EventName
  schemaVersion: 1
  schoolId: string
  occurredAt: string
  correlationId: string
  body: unknown
}

/** Published bodies are checked strictly. Each schema is made at its first use: making all of them would slow the start of every service. */
const strictBodies = new Map<EventName, z.ZodObject>()
function strictBody(name: EventName): z.ZodObject {
  const body = strictBodies.get(name) ?? (events[name].body as z.ZodObject).strict()
  strictBodies.set(name, body)
  return body
}

type Send = (sql: string, values: unknown[], name: string) => void

/** Writes the events of a transaction into the outbox, with its last statements; the relay publishes them from there. */
export function insertIntoOutbox(send: Send, newEvents: NewEvent[], { schools, now }: { schools: string[]; now: Date }): void {
  if (!newEvents.length) return
  const rows = newEvents.map((event) => toEnvelope(event, schools, now))
  send(
    'insert into outbox (id, school_id, name, envelope) select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[])',
    [rows.map(({ id }) => id), rows.map(({ schoolId }) => schoolId), rows.map(({ name }) => name), rows.map(toText)],
    'outbox',
  )
}

/** JSON.stringify writes a NUL and half an emoji as these escapes, which jsonb refuses: the event would be a dead letter everywhere. */
const notStorable = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/
function toText(envelope: Envelope): string {
  const text = JSON.stringify(envelope)
  return notStorable.test(text) ? JSON.stringify(toStorable(envelope)) : text
}

/** Throws when the body does not fit the contract, or when the school or the correlation id is missing. */
function toEnvelope(event: NewEvent, schools: string[], now: Date): Envelope {
  const schoolId = event.schoolId ?? (schools.length === 1 ? schools[0] : undefined)
  const correlationId = event.correlationId ?? context()?.correlationId
  if (!schoolId || !correlationId) throw new Error(`${event.name} must name its school and correlation id in a batch`)
  const body = strictBody(event.name).parse(event.body)
  return { id: randomUUIDv7(), name: event.name, schemaVersion: 1, schoolId, occurredAt: now.toISOString(), correlationId, body }
}
