import type { Database } from '@repitbot/kit/database'
import type { Counter } from '../rules/attempts.ts'

type Counted = { key: string; count: number; until: Date }

/** Counts outlive the refusal that they lead to. */
const alone = { alone: true }

/** The counters are in Postgres, so that neither a restart nor a lost cache resets the limits. */
export const attemptsStore = (database: Database) => ({
  /**
   * Counts one attempt before its outcome is known, so that many at once cannot pass the limit; a success takes it off again. Returns until
   * when to wait, if any counter is over its limit.
   */
  countAttempt: (counters: Counter[], at: Date, windowSeconds: number): Promise<Date | undefined> =>
    database.transaction(
      { schoolId: [] },
      async (tx) => {
        const until = new Date(at.getTime() + windowSeconds * 1000)
        const counted = await tx.query<Counted>(
          `insert into attempt (key, count, until) select key, 1, $3 from unnest($1::text[]) as k (key) order by key
         on conflict (key) do update set
           count = case when attempt.until <= $2 then 1 else attempt.count + 1 end,
           until = case when attempt.until <= $2 then $3 else attempt.until end
         returning key, count, until`,
          [counters.map(({ key }) => key), at, until],
          'count-attempt',
        )
        const max = new Map(counters.map((counter) => [counter.key, counter.max]))
        const over = counted.filter(({ key, count }) => count > (max.get(key) ?? 0))
        if (!over.length) return undefined
        // A refused attempt is not counted: guessing at one account must not use up the limit of its whole address.
        await tx.query('update attempt set count = count - 1 where key = any ($1)', [counted.map(({ key }) => key)])
        return new Date(Math.max(...over.map((counter) => counter.until.getTime())))
      },
      alone,
    ),

  /** Takes an attempt off its counters; after a success the one of account and network together starts again at 0. */
  uncountAttempt: (counters: Counter[], isSuccess: boolean): Promise<void> =>
    database.transaction(
      { schoolId: [] },
      async (tx) => {
        const keys = counters.map(({ key }) => key)
        await tx.query(
          `update attempt set count = case when key = $2 then 0 else greatest(count - 1, 0) end
         where key in (select key from attempt where key = any ($1) order by key for update)`,
          [keys, (isSuccess && counters.find(({ restarts }) => restarts)?.key) || null],
          'forgive-attempt',
        )
      },
      alone,
    ),
})
