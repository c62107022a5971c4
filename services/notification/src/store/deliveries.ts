import { randomUUIDv7 } from 'node:crypto'
import type { Channel } from '@repitbot/contracts/people'
import type { Transaction } from '@repitbot/kit/database'
import type { Delivery, DeliveryState } from '../rules/delivery.ts'
import { jobTypes } from '../rules/jobs.ts'

const columns = `id, school_id as "schoolId", recipient_id as "recipientId", notice_id as "noticeId", channel, state, attempts, digest,
  due_at as "dueAt", created_at as "createdAt", changed_at as "changedAt", correlation_id as "correlationId"`

export type NewDelivery = Pick<Delivery, 'schoolId' | 'recipientId' | 'noticeId' | 'digest' | 'correlationId'> & {
  channel?: Channel
  dueAt: Date
}
type JobRequest = Pick<Delivery, 'id' | 'schoolId' | 'correlationId' | 'dueAt'>
export type Stuck = { id: string; schoolId: string; what: 'waiting' | 'sending' | 'letter' }

/** Each delivery has one job at most: asking again moves it. */
const askToSend = (tx: Transaction, requests: JobRequest[]) =>
  tx.laterAll(
    jobTypes.send,
    requests.map(({ id, dueAt, ...of }) => ({ payload: { deliveryId: id }, key: `send:${id}`, at: dueAt, ...of })),
  )

export const deliveries = (tx: Transaction) => ({
  /**
   * Keeps what is to leave, and a job for each. Nothing is kept for whom no channel can reach, nor a second time for a notice that more was added to;
   * who has no card yet may have an address soon.
   */
  async addDeliveries(given: NewDelivery[], now: Date): Promise<void> {
    if (!given.length) return
    const rows = given.map((one) => ({ channel: null, ...one, id: randomUUIDv7() }))
    const added = await tx.query<JobRequest>(
      `insert into delivery (id, school_id, recipient_id, notice_id, channel, state, digest, due_at, created_at, changed_at, correlation_id)
       select g.id, "schoolId", "recipientId", "noticeId", channel, 'waiting', digest, "dueAt", $2, $2, "correlationId"
       from jsonb_to_recordset($1) as g (id uuid, "schoolId" uuid, "recipientId" uuid, "noticeId" uuid, channel text, digest boolean,
         "dueAt" timestamptz, "correlationId" text)
       left join (select user_id, coalesce(email, telegram_chat_id) is not null as reached from contact) c on c.user_id = "recipientId"
       where c.reached is not false and (channel is not null
         or not exists (select from delivery d where d.recipient_id = "recipientId" and d.notice_id = "noticeId"))
       on conflict do nothing
       returning id, school_id as "schoolId", correlation_id as "correlationId", due_at as "dueAt"`,
      [JSON.stringify(rows), now],
      'add-deliveries',
    )
    await askToSend(tx, added)
  },

  askToSend: (requests: JobRequest[]) => askToSend(tx, requests),

  /** All of a digest is due at one time, and whoever comes first is to find the rest unlocked: so others of the same recipient wait. */
  lockRecipient(id: string) {
    tx.send('select pg_advisory_xact_lock(hashtextextended(recipient_id::text, 8006)) from delivery where id = $1 and digest', [id])
  },

  async lockDelivery(id: string): Promise<Delivery | undefined> {
    const [row] = await tx.query<Delivery>(`select ${columns} from delivery where id = $1 for update skip locked`, [id], 'lock-delivery')
    return row
  },

  /** The other levels and achievements that wait for the same recipient, the oldest first: also those that have waited for their turn on this channel. */
  lockDigest: (recipientId: string, but: string, channel: Channel) =>
    tx.query<Delivery>(
      `select ${columns} from delivery where recipient_id = $1 and digest and state = 'waiting' and (channel is null or channel = $3) and id <> $2
       order by notice_id limit 50 for update skip locked`,
      [recipientId, but, channel],
    ),

  async lastDigestAt(recipientId: string): Promise<Date | undefined> {
    const [row] = await tx.query<{ at: Date | null }>(
      `select max(changed_at) as at from delivery where recipient_id = $1 and digest and state = 'sent'`,
      [recipientId],
    )
    return row?.at ?? undefined
  },

  async chooseChannel(id: string, channel: Channel) {
    await tx.query('update delivery set channel = $2 where id = $1', [id, channel])
  },

  /** From here on it may have left. Answers those that nobody else has begun meanwhile. */
  async beginSending(ids: string[], now: Date): Promise<string[]> {
    const begun = await tx.query<{ id: string }>(
      `update delivery set state = 'sending', attempts = attempts + 1, changed_at = $2 where id = any ($1) and state = 'waiting' returning id`,
      [ids, now],
      'begin-sending',
    )
    return begun.map(({ id }) => id)
  },

  /** Marks what came of it, unless something else has been marked since. */
  async markDeliveries(
    ids: string[],
    from: DeliveryState,
    { state, dueAt, now }: { state: DeliveryState; dueAt?: Date | undefined; now: Date },
  ) {
    const marked = await tx.query<Delivery>(
      `update delivery set state = $3, due_at = coalesce($4, due_at), changed_at = $5 where id = any ($1) and state = $2 returning ${columns}`,
      [ids, from, state, dueAt ?? null, now],
      'mark-deliveries',
    )
    if (state === 'waiting') await askToSend(tx, marked)
    return marked
  },

  async dropDeliveries(ids: string[]) {
    await tx.query('delete from delivery where id = any ($1)', [ids])
  },

  /** By which channels a notice was tried already. */
  async triedChannels(recipientId: string, noticeId: string): Promise<Channel[]> {
    const rows = await tx.query<{ channel: Channel }>(
      'select channel from delivery where recipient_id = $1 and notice_id = $2 and channel is not null',
      [recipientId, noticeId],
    )
    return rows.map(({ channel }) => channel)
  },

  listDeliveries: (recipientId: string, noticeId: string) =>
    tx.query<Pick<Delivery, 'channel' | 'state' | 'changedAt' | 'attempts'>>(
      `select channel, state, changed_at as "changedAt", attempts from delivery where recipient_id = $1 and notice_id = $2 order by id`,
      [recipientId, noticeId],
    ),

  /** What is past its time in any school: its job is lost, or its process died. */
  listStuck: (dueBefore: Date, sendingBefore: Date, most: number) =>
    tx.query<Stuck>('select id, school_id as "schoolId", what from stuck_deliveries($1, $2, $3)', [dueBefore, sendingBefore, most]),
})
