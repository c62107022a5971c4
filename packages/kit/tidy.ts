import type { Job } from './job.ts'

const batch = 10_000

/** Deletes old rows of the outbox, the inbox and the idempotency keys. The same event may come again for five weeks, the same request for two days. */
export const tidy = (pool: { query(sql: string): Promise<{ rowCount: number | null }> }): Job => ({
  cron: '17 3 * * *',
  async run() {
    const old = [
      `delete from outbox where seq in (select seq from outbox where published_at < now() - interval '7 days' limit ${batch})`,
      `delete from inbox where event_id in (select event_id from inbox where consumed_at < now() - interval '35 days' limit ${batch})`,
    ]
    await pool.query('select tidy_idempotency()')
    for (const sql of old) while ((await pool.query(sql)).rowCount === batch);
  },
})
