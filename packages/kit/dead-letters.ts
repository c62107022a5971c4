/** An event given up after the last attempt, waiting for somebody to look. Contacts in its body are masked. */
export type DeadLetter = { eventId: string; name: string; deadAt: string; attempts: number; error: string; body: string }
type Pool = { query<Row>(sql: string, values?: unknown[]): Promise<{ rows: Row[]; rowCount: number | null }> }

const listMax = 200
const contacts = /"(email|name|telegramChatId)":"[^"]*"/g

export async function listDeadLetters(pool: Pool): Promise<DeadLetter[]> {
  const { rows } = await pool.query<{ event_id: string; name: string; dead_at: Date; attempts: number; error: string; envelope: string }>(
    `select event_id, name, dead_at, attempts, error, envelope from retry where dead_at is not null order by dead_at limit ${listMax}`,
  )
  return rows.map(({ event_id, name, dead_at, attempts, error, envelope }) => ({
    eventId: event_id,
    name,
    deadAt: dead_at.toISOString(),
    attempts,
    error: error.split('\n', 1)[0] ?? '',
    body: envelope.replace(contacts, '"$1":"***"'),
  }))
}

/** Gives dead letters a new set of attempts, all of them or those named; answers how many. */
export async function replayDeadLetters(pool: Pool, eventIds?: string[]): Promise<number> {
  const { rowCount } = await pool.query(
    'update retry set dead_at = null, attempts = 0, next_at = now() where dead_at is not null and ($1::uuid[] is null or event_id = any ($1))',
    [eventIds ?? null],
  )
  return rowCount ?? 0
}
