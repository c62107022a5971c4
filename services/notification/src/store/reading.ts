import type { Caller } from '@repitbot/contracts/endpoint'
import type { Transaction } from '@repitbot/kit/database'
import { within } from '@repitbot/kit/reach'
import { Op } from 'sequelize'
import type { Link } from '../rules/notice.ts'
import type { Stored } from '../rules/render.ts'
import type { Tables } from '../tables.ts'

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
}
export type StoredNotice = Omit<Row, 'linkKind' | 'linkId' | 'xp'> & { link: Link }
type Owner = Pick<Caller, 'userId' | 'reach'>
/** Nobody reads a longer count, and counting on would cost more each day that somebody never looks. */
const unreadMax = 1000
type Page = { only: 'all' | 'unread'; before?: string; limit: number; now: Date }

/** Names and XP are looked up as they are now, so that a card or an award that comes later than the notice is seen in it too. */
const select = `select n.id, n.code, n.audience, n.params, n.link_kind as "linkKind", n.link_id as "linkId", n.about_id as "studentId",
    n.correlation_id as "correlationId", n.created_at as "createdAt", n.expires_at as "expiresAt", n.read_at as "readAt",
    c.name as "studentName", x.xp
  from notice n left join card c on c.user_id = n.about_id
  left join lesson_xp x on x.lesson_id = n.link_id and x.student_id = n.about_id`
const asStored = ({ linkKind: kind, linkId, xp, ...row }: Row): StoredNotice => ({
  ...row,
  params: xp !== null && xp > 0 ? { ...row.params, xp } : row.params,
  link: { kind, id: linkId },
})

export const reading = (tx: Transaction, defined: Tables) => ({
  async listNotices(owner: Owner, { only, before, limit, now }: Page): Promise<StoredNotice[]> {
    const rows = await tx.query<Row>(
      `${select} where ${within(owner, 'n.recipient_id')} and n.expires_at > $1 and ($2::uuid is null or n.id < $2)
       ${only === 'unread' ? 'and n.read_at is null' : ''} order by n.id desc limit $3`,
      [now, before ?? null, limit],
    )
    return rows.map(asStored)
  },

  async findNotice(recipientId: string, id: string): Promise<StoredNotice | undefined> {
    const [row] = await tx.query<Row>(`${select} where n.recipient_id = $1 and n.id = $2`, [recipientId, id])
    return row && asStored(row)
  },

  /** How many wait to be read, and the newest of all; the newest tells a change that leaves the number alone. */
  async findUnread(owner: Owner, now: Date): Promise<{ unread: number; newest: string | null }> {
    const mine = within(owner, 'recipient_id')
    const [row] = await tx.query<{ unread: number; newest: string | null }>(
      `select (select count(*)::int from (
           select from notice where ${mine} and read_at is null and expires_at > $1 limit ${unreadMax}) as waiting) as unread,
         (select id from notice where ${mine} and expires_at > $1 order by id desc limit 1) as newest`,
      [now],
    )
    return row ?? { unread: 0, newest: null }
  },

  /** Whether it is there to be read; one that was read keeps the time it was. */
  async markRead(recipientId: string, id: string, now: Date): Promise<boolean> {
    const one = { recipientId, id }
    const [marked] = await defined.notices.update({ readAt: now }, { where: { ...one, readAt: null }, transaction: tx.sequelize })
    return marked > 0 || (await defined.notices.count({ where: one, transaction: tx.sequelize })) > 0
  },

  async markReadUpTo(recipientId: string, upTo: string, now: Date) {
    const where = { recipientId, readAt: null, id: { [Op.lte]: upTo } }
    await defined.notices.update({ readAt: now }, { where, transaction: tx.sequelize })
  },
})
