import type { Broadcast, BroadcastReport } from '@repitbot/contracts/broadcast'
import type { Caller } from '@repitbot/contracts/endpoint'
import type { Database, Transaction } from '@repitbot/kit/database'
import { Failure } from '@repitbot/kit/failure'
import { within } from '@repitbot/kit/reach'
import type { Audience, NewBroadcast } from '../rules/broadcast.ts'
import type { Tables } from '../tables.ts'
import { findCard } from './cards.ts'
import { saveNotices } from './notices.ts'
import type { StoreOptions } from './wake.ts'

type Row = Omit<Broadcast, 'createdAt'> & { createdAt: Date }
/** The states of a recipient's deliveries, the best one first: a report shows one for each recipient. */
const ranks = ['sent', 'uncertain', 'waiting', 'blocked', 'failed', 'expired']
const broadcastsMax = 200
/** A broadcast goes to many people by channels that all schools share, so a sender and a school may send so many in an hour. */
const perHour = { sender: 10, school: 30 }
const hourMs = 3_600_000

export const broadcastStore = (database: Database, defined: Tables, options: StoreOptions) => ({
  getAudience: (caller: Caller, roles: string[]) => database.transaction(caller, (tx) => getAudience(tx, defined, { caller, roles })),

  /** Looks up the recipients, and saves the broadcast, unless there were too many in the last hour, and the notices that `decide` makes for them. */
  saveBroadcast: (caller: Caller, roles: string[], decide: (audience: Audience) => NewBroadcast): Promise<Broadcast> =>
    database.transaction(caller, async (tx) => {
      const { broadcast, drafts, now } = decide(await getAudience(tx, defined, { caller, roles }))
      const { id, byId, text, recipients, createdAt } = broadcast
      await refuseTooMany(tx, caller, now)
      await tx.query(
        'insert into broadcast (id, school_id, by_id, text, roles, recipients, created_at) values ($1, $2, $3, $4, $5, $6, $7)',
        [id, caller.schoolId, byId, text, broadcast.roles, recipients, createdAt],
      )
      await saveNotices(tx, options, drafts, { now })
      return broadcast
    }),

  listBroadcasts: (caller: Caller) => database.transaction(caller, (tx) => listBroadcasts(tx, caller)),

  /** A broadcast with the state of each recipient's copy. */
  getBroadcast: (caller: Caller, id: string) =>
    database.transaction(caller, async (tx) => {
      const [broadcast] = await listBroadcasts(tx, caller, id)
      if (!broadcast) throw new Failure('not_found')
      const rows = await tx.query<BroadcastReport['rows'][number]>(
        `select n.recipient_id as "userId", coalesce(c.name, '') as name, n.read_at is not null as read,
           coalesce((select case d.state when 'sending' then 'waiting' else d.state end from delivery d
             where d.recipient_id = n.recipient_id and d.notice_id = n.id
             order by array_position($2::text[], case d.state when 'sending' then 'waiting' else d.state end) limit 1),
             case when c.signs_in = false then 'notJoined' else 'inbox' end) as state
         from notice n left join card c on c.user_id = n.recipient_id where n.link_kind = 'broadcast' and n.link_id = $1 order by n.recipient_id`,
        [id, ranks],
      )
      return { broadcast, rows }
    }),
})

/** For an admin the school, for a tutor their own students and the parents of these; never the caller. */
async function getAudience(tx: Transaction, defined: Tables, { caller, roles }: { caller: Caller; roles: string[] }): Promise<Audience> {
  const people = await tx.query<Audience['people'][number]>(
    `with mine as (select over_id from reach where holder_id = $1 and reach_as = 'tutor' and granted)
     select user_id as "userId", role, name, email, telegram_chat_id as "telegramChatId", signs_in as "signsIn" from card
     where active and user_id <> $1 and role = any ($2) and ($3 or user_id in (select over_id from mine)
       or user_id in (select holder_id from reach where reach_as <> 'tutor' and granted and over_id in (select over_id from mine)))
     order by user_id`,
    [caller.userId, roles, caller.role === 'admin'],
  )
  const sender = await findCard(tx, defined, caller.userId)
  return { people, senderName: sender?.name ?? '' }
}

async function listBroadcasts(tx: Transaction, caller: Caller, id?: string): Promise<Broadcast[]> {
  const rows = await tx.query<Row>(
    `select id, by_id as "byId", text, roles, recipients, created_at as "createdAt" from broadcast
     where ${within(caller, 'by_id')} and ($1::uuid is null or id = $1) order by id desc limit ${broadcastsMax}`,
    [id ?? null],
  )
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }))
}

/** Throws `too_many_requests` with the bound and the time until the next broadcast may be sent. Of several at once, one is first. */
async function refuseTooMany(tx: Transaction, { schoolId, userId }: Caller, now: Date) {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`broadcast ${schoolId}`])
  const last = await tx.query<{ byId: string; at: Date }>(
    'select by_id as "byId", created_at as at from broadcast where school_id = $1 and created_at > $2 order by created_at desc limit $3',
    [schoolId, new Date(now.getTime() - hourMs), perHour.school],
  )
  const own = last.filter(({ byId }) => byId === userId)
  const [limit, full] = own[perHour.sender - 1]
    ? (['sender', own[perHour.sender - 1]] as const)
    : (['school', last[perHour.school - 1]] as const)
  if (!full) return
  const retryAfterSeconds = Math.ceil((full.at.getTime() + hourMs - now.getTime()) / 1000)
  throw new Failure('too_many_requests', { retryAfterSeconds, with: { limit: `broadcast-${limit}`, perHour: perHour[limit] } })
}
