import { randomUUIDv7 } from 'node:crypto'
import type { Channel } from '@repitbot/contracts/person-card'
import type { Database, Transaction } from '@repitbot/kit/database'
import type { Delivery, DeliveryState, NewDelivery } from '../rules/delivery.ts'
import { jobTypes } from '../rules/jobs.ts'

const columns = `id, school_id as "schoolId", recipient_id as "recipientId", notice_id as "noticeId", channel, state, attempts, digest,
  due_at as "dueAt", created_at as "createdAt", changed_at as "changedAt", correlation_id as "correlationId"`

type JobRequest = Pick<Delivery, 'id' | 'schoolId' | 'correlationId' | 'dueAt'>
type StuckDelivery = { id: string; schoolId: string; what: 'waiting' | 'sending' | 'letter' }

/** Each delivery has one job at most: asking again moves it. */
const requestSending = (tx: Transaction, requests: JobRequest[]) =>
  tx.laterAll(
    jobTypes.send,
    requests.map(({ id, dueAt, ...of }) => ({ payload: { deliveryId: id }, key: `send:${id}`, at: dueAt, ...of })),
  )

export const deliveriesIn = (tx: Transaction) => ({
  /**
   * Keeps deliveries and requests a job for each. None is kept for people whom no channel can reach, nor a second one for a notice that
   * more lessons were added to. People without a card yet may have an address soon, so theirs are kept.
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
    await requestSending(tx, added)
  },

  requestSending: (requests: JobRequest[]) => requestSending(tx, requests),

  /** All of a digest is due at one time, and the first job of a recipient must be able to lock all of it: so the others wait for that one. */
  lockRecipient(id: string) {
    tx.send('select pg_advisory_xact_lock(hashtextextended(recipient_id::text, 8006)) from delivery where id = $1 and digest', [id])
  },

  async lockDelivery(id: string): Promise<Delivery | undefined> {
    const [row] = await tx.query<Delivery>(`select ${columns} from delivery where id = $1 for update skip locked`, [id], 'lock-delivery')
    return row
  },

  /** The other deliveries of a recipient that wait for a digest by this channel, the oldest first. */
  lockDigest: (recipientId: string, exceptId: string, channel: Channel) =>
    tx.query<Delivery>(
      `select ${columns} from delivery where recipient_id = $1 and digest and state = 'waiting' and (channel is null or channel = $3) and id <> $2
       order by notice_id limit 50 for update skip locked`,
      [recipientId, exceptId, channel],
    ),

  async findLastDigestAt(recipientId: string): Promise<Date | undefined> {
    const [row] = await tx.query<{ at: Date | null }>(
      `select max(changed_at) as at from delivery where recipient_id = $1 and digest and state = 'sent'`,
      [recipientId],
    )
    return row?.at ?? undefined
  },

  async chooseChannel(id: string, channel: Channel) {
    await tx.query('update delivery set channel = $2 where id = $1', [id, channel])
  },

  /** From here on the message may have left. Returns those that no other process has begun meanwhile. */
  async beginSending(ids: string[], now: Date): Promise<string[]> {
    const begun = await tx.query<{ id: string }>(
      `update delivery set state = 'sending', attempts = attempts + 1, changed_at = $2 where id = any ($1) and state = 'waiting' returning id`,
      [ids, now],
      'begin-sending',
    )
    return begun.map(({ id }) => id)
  },

  /** Moves deliveries from one state to another; one that has left the first state meanwhile stays as it is. */
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
    if (state === 'waiting') await requestSending(tx, marked)
    return marked
  },

  async dropDeliveries(ids: string[]) {
    await tx.query('delete from delivery where id = any ($1)', [ids])
  },

  /** By which channels a notice was tried already. */
  async listTriedChannels(recipientId: string, noticeId: string): Promise<Channel[]> {
    const rows = await tx.query<{ channel: Channel }>(
      'select channel from delivery where recipient_id = $1 and notice_id = $2 and channel is not null',
      [recipientId, noticeId],
    )
    return rows.map(({ channel }) => channel)
  },
})

export const deliveryStore = (database: Database) => ({
  /** Deliveries and letters of any school that are long past their time: the job is lost, or the process died. */
  listStuck: (dueBefore: Date, sendingBefore: Date, most: number) =>
    database.transaction({ schoolId: [] }, (tx) =>
      tx.query<StuckDelivery>('select id, school_id as "schoolId", what from stuck_deliveries($1, $2, $3)', [
        dueBefore,
        sendingBefore,
        most,
      ]),
    ),
})
