import { randomUUIDv7 } from 'node:crypto'
import { type EventName, events, type NewEvent } from '@repitbot/contracts/events'
import type { z } from 'zod'
import { context } from './context.ts'

/** What is said once, in the form it travels in. */
export type Envelope = {
  id: string
  name: EventName
  schemaVersion: 1
  schoolId: string
  occurredAt: string
  correlationId: string
  body: unknown
}

/** Saying is strict. Each made when it is first said: all of them would hold up the start of every service. */
const strict = new Map<EventName, z.ZodObject>()
function strictOf(name: EventName): z.ZodObject {
  const body = strict.get(name) ?? (events[name].body as z.ZodObject).strict()
  strict.set(name, body)
  return body
}

type Send = (sql: string, values: unknown[], name: string) => void

/** Writes what a transaction publishes into the outbox, with its last statements: the relay takes it from there. */
export function insertIntoOutbox(send: Send, said: NewEvent[], { schools, now }: { schools: string[]; now: Date }): void {
  if (!said.length) return
  const rows = said.map((one) => enveloped(one, schools, now))
  send(
    'insert into outbox (id, school_id, name, envelope) select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[])',
    [rows.map(({ id }) => id), rows.map(({ schoolId }) => schoolId), rows.map(({ name }) => name), rows.map((row) => JSON.stringify(row))],
    'outbox',
  )
}

/** Throws when the body is not what the contract says, or when its school or correlation id cannot be known. */
function enveloped(said: NewEvent, schools: string[], now: Date): Envelope {
  const schoolId = said.schoolId ?? (schools.length === 1 ? schools[0] : undefined)
  const correlationId = said.correlationId ?? context()?.correlationId
  if (!schoolId || !correlationId) throw new Error(`${said.name} must name its school and correlation id in a batch`)
  const body = strictOf(said.name).parse(said.body)
  return { id: randomUUIDv7(), name: said.name, schemaVersion: 1, schoolId, occurredAt: now.toISOString(), correlationId, body }
}
