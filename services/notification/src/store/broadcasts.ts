import type { Broadcast, BroadcastReport } from '@repitbot/contracts/broadcast'
import type { Caller } from '@repitbot/contracts/endpoint'
import type { PersonCard } from '@repitbot/contracts/people'
import type { Transaction } from '@repitbot/kit/database'
import { within } from '@repitbot/kit/reach'

type Row = Omit<Broadcast, 'createdAt'> & { createdAt: Date }
/** What is best known of a recipient: that it came, else that it may have or will, else why not. */
const ranks = ['sent', 'uncertain', 'waiting', 'blocked', 'failed', 'expired']
const shownMax = 200

export const broadcasts = (tx: Transaction) => ({
  /** Whom a message of the caller's goes to: for an admin the school, for a tutor their own students and the parents of these; never the caller. */
  listAudience: ({ userId, role }: Caller, roles: string[]) =>
    tx.query<Pick<PersonCard, 'userId' | 'role'> & PersonCard>(
      `with mine as (select over_id from reach where holder_id = $1 and reach_as = 'tutor' and granted)
       select user_id as "userId", role, name, email, telegram_chat_id as "telegramChatId" from card
       where active and user_id <> $1 and role = any ($2) and ($3 or user_id in (select over_id from mine)
         or user_id in (select holder_id from reach where reach_as <> 'tutor' and granted and over_id in (select over_id from mine)))
       order by user_id`,
      [userId, roles, role === 'admin'],
    ),

  async insertBroadcast({ schoolId }: Caller, { id, byId, text, roles, recipients, createdAt }: Broadcast) {
    await tx.query(
      'insert into broadcast (id, school_id, by_id, text, roles, recipients, created_at) values ($1, $2, $3, $4, $5, $6, $7)',
      [id, schoolId, byId, text, roles, recipients, createdAt],
    )
  },

  async listBroadcasts(caller: Caller, id?: string): Promise<Broadcast[]> {
    const rows = await tx.query<Row>(
      `select id, by_id as "byId", text, roles, recipients, created_at as "createdAt" from broadcast
       where ${within(caller, 'by_id')} and ($1::uuid is null or id = $1) order by id desc limit ${shownMax}`,
      [id ?? null],
    )
    return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }))
  },

  /** What came of each recipient's copy. */
  listReached: (id: string) =>
    tx.query<BroadcastReport['rows'][number]>(
      `select n.recipient_id as "userId", coalesce(c.name, '') as name, n.read_at is not null as read,
         coalesce((select case d.state when 'sending' then 'waiting' else d.state end from delivery d
           where d.recipient_id = n.recipient_id and d.notice_id = n.id
           order by array_position($2::text[], case d.state when 'sending' then 'waiting' else d.state end) limit 1), 'inbox') as state
       from notice n left join person c on c.user_id = n.recipient_id where n.link_kind = 'broadcast' and n.link_id = $1 order by n.recipient_id`,
      [id, ranks],
    ),
})
