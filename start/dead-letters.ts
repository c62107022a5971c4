import { ConfigFault, startProcess } from '@repitbot/kit/config'
import { connectionOptions } from '@repitbot/kit/pool'
import pg from 'pg'
import { addressOf } from './address.ts'
import { print } from './screen.ts'
import { services } from './services.ts'

/** An event that failed in its last attempt and waits for a person. Contacts in its body are masked. */
type DeadLetter = { eventId: string; name: string; deadAt: string; attempts: number; error: string; body: string }
type Pool = { query<Row>(sql: string, values?: unknown[]): Promise<{ rows: Row[]; rowCount: number | null }> }

const listMax = 200
const contacts = new Set(['email', 'name', 'phone', 'telegramChatId'])

/** `npm run dead-letters` lists the dead letters of every service; `-- student` of one service; `-- student replay [id ...]` tries them again. */
await startProcess('dead-letters', async () => {
  const [only, verb, ...ids] = process.argv.slice(2)
  const names = Object.keys(services)
  if (only && !names.includes(only)) throw new ConfigFault(`${only} is not a service; one of ${names.join(', ')}`)
  if (verb && verb !== 'replay') throw new ConfigFault(`${verb} is not a command; use: npm run dead-letters -- ${only} replay`)
  for (const service of only ? [only] : names) {
    const pool = new pg.Pool({ ...connectionOptions(await addressOf(service), service), max: 1 })
    try {
      if (verb) print(`${service}: ${await replayDeadLetters(pool, ids.length ? ids : undefined)} to be tried again`)
      else await printDeadLetters(service, pool)
    } finally {
      await pool.end()
    }
  }
})

async function printDeadLetters(service: string, pool: pg.Pool) {
  const dead = await listDeadLetters(pool)
  print(`${service}: ${dead.length} dead letters`)
  for (const { eventId, name, deadAt, attempts, error, body } of dead)
    print(`  ${eventId} ${name} ${deadAt} after ${attempts} attempts: ${error}\n    ${body}`)
}

async function listDeadLetters(pool: Pool): Promise<DeadLetter[]> {
  const { rows } = await pool.query<{ event_id: string; name: string; dead_at: Date; attempts: number; error: string; envelope: string }>(
    `select event_id, name, dead_at, attempts, error, envelope from retry where dead_at is not null order by dead_at limit ${listMax}`,
  )
  return rows.map(({ event_id, name, dead_at, attempts, error, envelope }) => ({
    eventId: event_id,
    name,
    deadAt: dead_at.toISOString(),
    attempts,
    error: error.split('\n', 1)[0] ?? '',
    body: maskContacts(envelope),
  }))
}

/** The envelope without the contacts in its body, at any depth; one that is no JSON is not shown at all. */
function maskContacts(envelope: string): string {
  try {
    const { body, ...head } = JSON.parse(envelope) as Record<string, unknown>
    const masked = (name: string, value: unknown) => (contacts.has(name) && value !== null ? '***' : value)
    return JSON.stringify({ ...head, body: JSON.parse(JSON.stringify(body), masked) as unknown })
  } catch {
    return '(not JSON)'
  }
}

/** Gives a new set of attempts to all dead letters or to those of `eventIds`; returns how many. */
async function replayDeadLetters(pool: Pool, eventIds?: string[]): Promise<number> {
  const { rowCount } = await pool.query(
    'update retry set dead_at = null, attempts = 0, next_at = now() where dead_at is not null and ($1::uuid[] is null or event_id = any ($1))',
    [eventIds ?? null],
  )
  return rowCount ?? 0
}
