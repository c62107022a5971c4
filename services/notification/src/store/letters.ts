import type { ConsumedEvent } from '@repitbot/contracts/events'
import { type Database, schoolsOf, type Transaction } from '@repitbot/kit/database'
import { jobTypes } from '../rules/jobs.ts'

type LetterToSend = { sealed: string; attempts: number; expiresAt: Date }
const keyOf = (id: string) => `letter:${id}`

const requestLetter = (tx: Transaction, id: string, { schoolId, at }: { schoolId: string; at: Date }) =>
  tx.laterAll(jobTypes.letter, [{ payload: { letterId: id }, key: keyOf(id), at, schoolId }])

export const lettersIn = (tx: Transaction) => ({
  requestLetter: (id: string, when: { schoolId: string; at: Date }) => requestLetter(tx, id, when),
})

export const letterStore = (database: Database) => ({
  addLetters: (batch: ConsumedEvent<'letter.written'>[], now: Date): Promise<void> =>
    database.transaction(schoolsOf(batch), async (tx) => {
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
    }),

  /** Counts one more attempt of a letter that waits; nothing when it does not wait. */
  beginLetter: (schoolId: string, id: string, now: Date): Promise<LetterToSend | undefined> =>
    database.transaction({ schoolId }, async (tx) => {
      const [row] = await tx.query<LetterToSend>(
        `update letter set attempts = attempts + 1, changed_at = $2 where id = $1 and state = 'waiting'
         returning sealed, attempts, expires_at as "expiresAt"`,
        [id, now],
      )
      return row
    }),

  /** One that still waits is tried again; of all others only the state is kept. */
  markLetter: (schoolId: string, id: string, { state, attempts, now }: { state: string; attempts: number; now: Date }): Promise<void> =>
    database.transaction({ schoolId }, async (tx) => {
      await tx.query(
        `update letter set state = $2, changed_at = $3, sealed = case when $2 = 'waiting' then sealed else '' end where id = $1`,
        [id, state, now],
      )
      const waitMs = Math.min(2 ** attempts * 1000, 60_000)
      if (state === 'waiting') await requestLetter(tx, id, { schoolId, at: new Date(now.getTime() + waitMs) })
    }),
})
