import type { TelegramUpdate } from '@repitbot/contracts/telegram'
import type { Database, Transaction } from '@repitbot/kit/database'
import type { Dialogue, Incoming } from './rules/incoming.ts'

/** A live holder renews its leases more often than this; the updates of a dead one are free after it. */
const leaseSeconds = 5
const errorLengthMax = 2000
const noSchool = { schoolId: [] }

/** The tables belong to chats and not to schools, so no transaction here names a school. */
export const openStore = (database: Database) => {
  const run = <T>(work: (tx: Transaction) => Promise<T>) => database.transaction(noSchool, work)
  return {
    transaction: run,

    /**
     * Stores updates, each once: Telegram sends them again until they are confirmed, for 24 hours at most. An older row with the same id is of
     * another update, from before the ids began anew.
     */
    insertUpdates: (updates: { chatId: number; body: TelegramUpdate }[]): Promise<void> =>
      run(async (tx) => {
        await tx.query(
          `insert into incoming (update_id, chat_id, body)
           select update_id, chat_id, body from unnest($1::bigint[], $2::bigint[], $3::jsonb[]) with ordinality as u (update_id, chat_id, body, place)
           order by place
           on conflict (update_id) do update set chat_id = excluded.chat_id, body = excluded.body, arrived = default, received_at = now(),
             failures = 0, due_at = now(), leased_until = null, done_at = null, error = null
           where incoming.done_at is not null and incoming.received_at < now() - interval '2 days'`,
          [updates.map(({ body }) => body.update_id), updates.map(({ chatId }) => chatId), updates.map(({ body }) => JSON.stringify(body))],
        )
      }),

    /** Leases the first waiting update of each chat: one at a time in a chat, and each by one worker alone. */
    leaseUpdates: (limit: number): Promise<Incoming[]> =>
      run(async (tx) => {
        const rows = await tx.query<Record<'updateId' | 'chatId', string> & Omit<Incoming, 'updateId' | 'chatId'>>(
          `update incoming set leased_until = now() + $1 * interval '1 s' where update_id in (
             select update_id from incoming i
             where done_at is null and due_at <= now() and (leased_until is null or leased_until < now())
               and not exists (select from incoming e where e.chat_id = i.chat_id and e.done_at is null and e.arrived < i.arrived)
             order by arrived limit $2 for update skip locked)
           returning update_id as "updateId", chat_id as "chatId", body, failures, received_at as "receivedAt"`,
          [leaseSeconds, limit],
          'lease',
        )
        return rows.map((row) => ({ ...row, updateId: Number(row.updateId), chatId: Number(row.chatId) }))
      }),

    renewLeases: (updateIds: number[]): Promise<void> =>
      run(async (tx) => {
        await tx.query(`update incoming set leased_until = now() + $1 * interval '1 s' where update_id = any ($2::bigint[])`, [
          leaseSeconds,
          updateIds,
        ])
      }),

    /** Marks an update as handled, or as given up with its error. */
    closeUpdate: (updateId: number, error?: string): Promise<void> =>
      run(async (tx) => {
        await tx.query('update incoming set done_at = now(), leased_until = null, error = $2 where update_id = $1', [
          updateId,
          error?.slice(0, errorLengthMax) ?? null,
        ])
      }),

    /** Puts a failed update off; the later updates of its chat wait with it, so that their order is kept. */
    postponeUpdate: (updateId: number, error: string, delayMs: number): Promise<void> =>
      run(async (tx) => {
        await tx.query(
          `update incoming set failures = failures + 1, due_at = now() + $3 * interval '1 ms', leased_until = null, error = $2
           where update_id = $1`,
          [updateId, error.slice(0, errorLengthMax), delayMs],
        )
      }),

    /** Deletes updates handled a day ago; those given up are kept for a month, so that somebody can read their errors. */
    tidyUpdates: (): Promise<void> =>
      run(async (tx) => {
        await tx.query(
          `delete from incoming where done_at is not null
             and received_at < now() - case when error is null then interval '24 h' else interval '30 d' end`,
        )
      }),

    findDialogue: (chatId: number): Promise<Dialogue> =>
      run(async (tx) => {
        const [row] = await tx.query<Dialogue>(
          'select user_id as "userId", language, commands from dialogue where chat_id = $1',
          [chatId],
          'dialogue',
        )
        return row ?? { userId: null, language: null, commands: null }
      }),

    saveDialogue: (chatId: number, { userId, language, commands }: Dialogue): Promise<void> =>
      run(async (tx) => {
        await tx.query(
          `insert into dialogue values ($1, $2, $3, $4)
           on conflict (chat_id) do update set user_id = excluded.user_id, language = excluded.language, commands = excluded.commands`,
          [chatId, userId, language, commands],
        )
      }),
  }
}
