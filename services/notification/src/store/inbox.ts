import type { Caller } from '@repitbot/contracts/endpoint'
import type { Database, Transaction } from '@repitbot/kit/database'
import { Failure } from '@repitbot/kit/failure'
import { within } from '@repitbot/kit/reach'
import { Op } from 'sequelize'
import type { Delivery } from '../rules/delivery.ts'
import type { Link } from '../rules/notice.ts'
import { type Stored, severalNames } from '../rules/render.ts'
import type { Tables } from '../tables.ts'
import { findCard } from './cards.ts'
import { type StoreOptions, wakeReaders } from './wake.ts'

type Row = Stored & {
  id: string
  linkKind: Link['kind']
  linkId: string
  studentId: string | null
  correlationId: string
  createdAt: Date
  expiresAt: Date
  readAt: Date | null
  xp: number | null
  students: string[] | null
}
export type StoredNotice = Omit<Row, 'linkKind' | 'linkId' | 'xp' | 'students'> & { link: Link }
/** A longer count says nothing more to its reader, and would cost more each day that somebody does not read. */
const unreadMax = 1000
type Page = { only: 'all' | 'unread'; before?: string; limit: number; now: Date }
type Unread = { unread: number; newest: string | null }

/** Names and XP are read as they are now, so that a card or XP that comes later than the notice is shown in it too. */
const select = `select n.id, n.code, n.audience, n.params, n.link_kind as "linkKind", n.link_id as "linkId", n.about_id as "studentId",
    n.correlation_id as "correlationId", n.created_at as "createdAt", n.expires_at as "expiresAt", n.read_at as "readAt",
    c.name as "studentName", x.xp,
    case when n.params ? 'students' then
      array(select s.name from card s where s.user_id = any (string_to_array(n.params->>'students', ',')::uuid[]) order by s.name) end as students
  from notice n left join card c on c.user_id = n.about_id
  left join lesson_xp x on x.lesson_id = n.link_id and x.student_id = n.about_id`
const toStored = ({ linkKind: kind, linkId, xp, students, ...row }: Row): StoredNotice => ({
  ...row,
  studentName: students?.length ? severalNames(students) : row.studentName,
  params: xp !== null && xp > 0 ? { ...row.params, xp } : row.params,
  link: { kind, id: linkId },
})

/** Stored notices, for the sender. */
export const storedNoticesIn = (tx: Transaction) => ({
  findNotice: (recipientId: string, id: string) => findNotice(tx, recipientId, id),
})

export const inboxStore = (database: Database, defined: Tables, options: StoreOptions) => ({
  /** Notices of the caller from the newest on, at most `limit`, with the card that says in which language and zone they are read. */
  listInbox: (caller: Caller, { only, before, limit, now }: Page) =>
    database.transaction(caller, async (tx) => {
      const reader = await findCard(tx, defined, caller.userId)
      const rows = await tx.query<Row>(
        `${select} where ${within(caller, 'n.recipient_id')} and n.expires_at > $1 and ($2::uuid is null or n.id < $2)
         ${only === 'unread' ? 'and n.read_at is null' : ''} order by n.id desc limit $3`,
        [now, before ?? null, limit],
      )
      return { reader, notices: rows.map(toStored) }
    }),

  getUnread: (caller: Caller, now: Date) => database.transaction(caller, (tx) => getUnread(tx, caller, now)),

  /** One that was read before keeps the time it was. Other open pages of the same reader are woken. */
  markRead: (caller: Caller, id: string, now: Date): Promise<Unread> =>
    database.transaction(caller, async (tx) => {
      const one = { recipientId: caller.userId, id }
      const [marked] = await defined.notices.update({ readAt: now }, { where: { ...one, readAt: null }, transaction: tx.sequelize })
      const isThere = marked > 0 || (await defined.notices.count({ where: one, transaction: tx.sequelize })) > 0
      if (!isThere) throw new Failure('not_found')
      wakeReaders(tx, options, [one])
      return getUnread(tx, caller, now)
    }),

  markAllRead: (caller: Caller, upTo: string, now: Date): Promise<Unread> =>
    database.transaction(caller, async (tx) => {
      const where = { recipientId: caller.userId, readAt: null, id: { [Op.lte]: upTo } }
      await defined.notices.update({ readAt: now }, { where, transaction: tx.sequelize })
      wakeReaders(tx, options, [where])
      return getUnread(tx, caller, now)
    }),

  /** The deliveries of one of the caller's notices, the first one first. */
  listDeliveries: (caller: Caller, noticeId: string) =>
    database.transaction(caller, async (tx) => {
      if (!(await findNotice(tx, caller.userId, noticeId))) throw new Failure('not_found')
      return tx.query<Pick<Delivery, 'channel' | 'state' | 'changedAt' | 'attempts'>>(
        `select channel, state, changed_at as "changedAt", attempts from delivery where recipient_id = $1 and notice_id = $2 order by id`,
        [caller.userId, noticeId],
      )
    }),
})

async function findNotice(tx: Transaction, recipientId: string, id: string): Promise<StoredNotice | undefined> {
  const [row] = await tx.query<Row>(`${select} where n.recipient_id = $1 and n.id = $2`, [recipientId, id])
  return row && toStored(row)
}

/** How many notices are unread, and the newest of all: it changes when the number stays the same. */
async function getUnread(tx: Transaction, caller: Caller, now: Date): Promise<Unread> {
  const mine = within(caller, 'recipient_id')
  const [row] = await tx.query<Unread>(
    `select (select count(*)::int from (
         select from notice where ${mine} and read_at is null and expires_at > $1 limit ${unreadMax}) as waiting) as unread,
       (select id from notice where ${mine} and expires_at > $1 order by id desc limit 1) as newest`,
    [now],
  )
  return row ?? { unread: 0, newest: null }
}
