import { randomUUIDv7 } from 'node:crypto'
import type { Channel } from '@repitbot/contracts/person-card'
import type { Database, Scope, Transaction } from '@repitbot/kit/database'
import { firstDelivery, type NewNotice } from '../rules/delivery.ts'
import type { Draft, Earlier } from '../rules/draft.ts'
import type { EndedNotice } from '../rules/voids.ts'
import { deliveriesIn } from './deliveries.ts'
import { type StoreOptions, wakeReaders } from './wake.ts'

const dayMs = 86_400_000
/** Ended notices are kept while a repeated event may still come, the XP of a lesson while its report may be shown. */
const endedDaysMax = 35
const heldDaysMax = 450
const tidyBatch = 5_000

/** The notices of each beginning, as a range of the index: without order and limit the planner may choose to read the whole table. */
const underBeginnings = `from unnest($1::text[]) as b cross join lateral (
  select * from notice where dedupe_key >= b and dedupe_key < b || '~' order by dedupe_key limit 1000) as n`

export const noticesIn = (tx: Transaction, options: StoreOptions) => ({
  saveNotices: (drafts: Draft[], now: Date) => saveNotices(tx, options, drafts, { now }),

  /** The notices whose dedupe keys begin so, the last one last. */
  listEarlier: (beginnings: string[]) =>
    tx.query<Earlier>(
      `select n.recipient_id as "recipientId", n.about_id as "aboutId", n.params, n.link_id as entity ${underBeginnings} order by n.id`,
      [beginnings],
      'list-earlier',
    ),

  /** Ends the notices whose dedupe keys begin so, and wakes those who had them. Answers all of them, those that had ended before too. */
  async endNotices(beginnings: string[], now: Date): Promise<EndedNotice[]> {
    if (!beginnings.length) return []
    const found = await tx.query<EndedNotice & { endsNow: boolean }>(
      `with found as materialized (select n.recipient_id, n.id, n.dedupe_key, n.read_at, n.expires_at ${underBeginnings}),
       ended as (update notice set expires_at = $2 where (recipient_id, id) in (select f.recipient_id, f.id from found f where f.expires_at > $2))
       select f.recipient_id as "recipientId", f.dedupe_key as "dedupeKey", f.expires_at > $2 as "endsNow", f.read_at is not null or exists (
         select from delivery d where d.recipient_id = f.recipient_id and d.notice_id = f.id and d.state <> 'waiting') as "isKnown" from found f`,
      [beginnings, now],
      'end-notices',
    )
    wakeReaders(
      tx,
      options,
      found.filter(({ endsNow }) => endsNow),
    )
    return found
  },
})

export const noticeStore = (database: Database, options: StoreOptions) => ({
  saveNotices: (on: Scope, drafts: Draft[], when: When) => database.transaction(on, (tx) => saveNotices(tx, options, drafts, when)),

  /** Removes what ended long ago, of every school. */
  tidyInbox: (now: Date): Promise<void> =>
    database.transaction({ schoolId: [] }, async (tx) => {
      const before = (days: number) => new Date(now.getTime() - days * dayMs)
      for (;;) {
        const values = [before(endedDaysMax), before(heldDaysMax), tidyBatch]
        const [row] = await tx.query<{ removed: number }>('select tidy_inbox($1, $2, $3) as removed', values)
        if (!row?.removed) break
      }
      await tx.query('select tidy_deliveries($1, $2)', [before(endedDaysMax), tidyBatch])
    }),
})

/** When notices are stored, and by which one channel they leave; without it the channel is chosen when they are due. */
type When = { now: Date; channel?: Channel }

/** Stores notices, each once, requests their deliveries, and wakes the open inboxes. */
export async function saveNotices(tx: Transaction, options: StoreOptions, drafts: Draft[], { now, channel }: When): Promise<void> {
  const stored = await insertNotices(tx, drafts, now)
  const newDeliveries = stored.map((notice) => firstDelivery(notice, now, channel))
  if (options.hasChannels) await deliveriesIn(tx).addDeliveries(newDeliveries, now)
  wakeReaders(tx, options, stored)
}

/**
 * Stores a whole batch, each dedupe key once. Returns the rows that are new or were added to: a notice that gathers lessons of a series
 * is added to the one stored under its key by an earlier batch. Each event is handled once, so the count is right.
 */
async function insertNotices(tx: Transaction, drafts: Draft[], now: Date): Promise<NewNotice[]> {
  if (!drafts.length) return []
  const rows = drafts
    .toSorted((a, b) => (a.dedupeKey < b.dedupeKey ? -1 : 1))
    .map(({ link, ...draft }) => ({ ...draft, id: randomUUIDv7(), linkKind: link.kind, linkId: link.id }))
  return tx.query<NewNotice>(
    `insert into notice as n (school_id, recipient_id, id, audience, about_id, code, params, dedupe_key, correlation_id, link_kind, link_id,
       created_at, expires_at)
     select "schoolId", "recipientId", id, audience, "aboutId", code, params, "dedupeKey", "correlationId", "linkKind", "linkId", $2, "expiresAt"
     from jsonb_to_recordset($1) as g ("schoolId" uuid, "recipientId" uuid, id uuid, audience text, "aboutId" uuid, code text, params jsonb,
       "dedupeKey" text, "correlationId" text, "linkKind" text, "linkId" uuid, "expiresAt" timestamptz)
     on conflict (dedupe_key) do update set
       params = case when excluded.params->>'startsAt' < n.params->>'startsAt' then excluded.params else n.params end
         || jsonb_build_object('count', (n.params->>'count')::int + (excluded.params->>'count')::int),
       link_kind = 'series', link_id = (n.params->>'seriesId')::uuid, expires_at = greatest(n.expires_at, excluded.expires_at)
     where excluded.params ? 'seriesId'
     returning id, recipient_id as "recipientId", school_id as "schoolId", correlation_id as "correlationId", code, audience, params ? 'seriesId' as gathers`,
    [JSON.stringify(rows), now],
    'insert-notices',
  )
}
