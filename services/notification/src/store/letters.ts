import type { ConsumedEvent } from '@repitbot/contracts/events'
import type { Transaction } from '@repitbot/kit/database'
import { jobTypes } from '../rules/jobs.ts'

type Taken = { sealed: string; attempts: number; expiresAt: Date }
const keyOf = (id: string) => `letter:${id}`

const askForLetter = (tx: Transaction, id: string, { schoolId, at }: { schoolId: string; at: Date }) =>
  tx.laterAll(jobTypes.letter, [{ payload: { letterId: id }, key: keyOf(id), at, schoolId }])

export const letters = (tx: Transaction) => ({
  async addLetters(batch: ConsumedEvent<'letter.written'>[], now: Date) {
    const rows = batch.map(({ schoolId, correlationId, body }) => ({ schoolId, correlationId, ...body }))
    await tx.query(
      `insert into letter (id, school_id, sealed, state, expires_at, changed_at, correlation_id)
       select "letterId", "schoolId", sealed, 'waiting', "expiresAt", $2, "correlationId"
       from jsonb_to_recordset($1) as g ("letterId" uuid, "schoolId" uuid, sealed text, "expiresAt" timestamptz, "correlationId" text)
       on conflict do nothing`,
      [JSON.stringify(rows), now],
    )
    await tx.laterAll(
      jobTypes.letter,
      rows.map(({ letterId, schoolId, correlationId }) => ({
        payload: { letterId },
        key: keyOf(letterId),
        at: now,
        schoolId,
        correlationId,
      })),
    )
  },

  /** Counts one more try of a letter that waits. */
  async takeLetter(id: string, now: Date): Promise<Taken | undefined> {
    const [row] = await tx.query<Taken>(
      `update letter set attempts = attempts + 1, changed_at = $2 where id = $1 and state = 'waiting'
       returning sealed, attempts, expires_at as "expiresAt"`,
      [id, now],
    )
    return row
  },

  /** What is over is forgotten but for its state. */
  async markLetter(id: string, { state, attempts, schoolId, now }: { state: string; attempts: number; schoolId: string; now: Date }) {
    await tx.query(
      `update letter set state = $2, changed_at = $3, sealed = case when $2 = 'waiting' then sealed else '' end where id = $1`,
      [id, state, now],
    )
    const waitMs = Math.min(2 ** attempts * 1000, 60_000)
    if (state === 'waiting') await askForLetter(tx, id, { schoolId, at: new Date(now.getTime() + waitMs) })
  },

  askForLetter: (id: string, when: { schoolId: string; at: Date }) => askForLetter(tx, id, when),
})
