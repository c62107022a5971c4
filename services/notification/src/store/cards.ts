import type { Caller } from '@repitbot/contracts/endpoint'
import type { ConsumedEvent } from '@repitbot/contracts/events'
import { Language, type PersonCard } from '@repitbot/contracts/person-card'
import { type Database, schoolsOf, type Transaction } from '@repitbot/kit/database'
import type { QuietSetting } from '../rules/quiet.ts'
import type { StudentAtRisk } from '../rules/risk.ts'
import type { Tables } from '../tables.ts'

export const cardsIn = (tx: Transaction, defined: Tables) => ({
  findCard: (userId: string) => findCard(tx, defined, userId),

  /** The quiet hours of these people; people without a card yet are left out. */
  listQuietSettings: (userIds: string[]) =>
    tx.query<QuietSetting & { userId: string }>(
      'select user_id as "userId", zone, quiet_hours as "quietHours" from card where active and user_id = any ($1::uuid[])',
      [userIds],
      'list-sleepers',
    ),

  /** What decides whether these students are notified of a streak at risk; students without a card are left out. */
  listStudentsAtRisk: (userIds: string[], now: Date) =>
    tx.query<StudentAtRisk>(
      `select c.user_id as "userId", c.zone, c.birth_year as "birthYear", coalesce(p.streak_risk, true) as "streakRisk",
         array(select starts_at from lesson l where l.scheduled and l.starts_at > $2::timestamptz - interval '1 day' and l.starts_at <= $2
           and c.user_id = any (l.students)) as began
       from card c left join preference p on p.user_id = c.user_id where c.active and c.user_id = any ($1::uuid[])`,
      [userIds, now],
      'list-pupils',
    ),

  /** The tutors of a student, or of the students that a parent looks after. */
  async listTutorsOf(userId: string): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `select distinct t.holder_id as id from reach t where t.reach_as = 'tutor' and t.granted
         and (t.over_id = $1 or t.over_id in (select over_id from reach where holder_id = $1 and reach_as <> 'tutor' and granted)) order by 1`,
      [userId],
    )
    return rows.map(({ id }) => id)
  },

  /** Who sees the lessons of these students besides themselves and the tutor: parents and payers, and the admins of the transaction's schools. */
  async listLessonWatchers(studentIds: string[]): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `select holder_id as id from reach where over_id = any ($1::uuid[]) and reach_as <> 'tutor' and granted
       union select user_id from person where role = 'admin' and active`,
      [studentIds],
      'lesson-watchers',
    )
    return rows.map(({ id }) => id)
  },

  /** The active admins of each school of the transaction. */
  async listAdmins(): Promise<Map<string, string[]>> {
    const rows = await tx.query<{ schoolId: string; admins: string[] }>(
      `select school_id as "schoolId", array_agg(user_id order by user_id) as admins from person where role = 'admin' and active group by school_id`,
      [],
      'admins',
    )
    return new Map(rows.map(({ schoolId, admins }) => [schoolId, admins]))
  },

  /** The parents of each student, as the school has linked them, and those who pay for one and are no parents. */
  async listParentsOf(studentIds: string[]): Promise<Record<'parents' | 'payers', Map<string, string[]>>> {
    const rows = await tx.query<{ studentId: string; holderId: string; isParent: boolean }>(
      `select over_id as "studentId", holder_id as "holderId", bool_or(reach_as = 'parent') as "isParent" from reach
       where over_id = any ($1::uuid[]) and reach_as <> 'tutor' and granted group by over_id, holder_id order by holder_id`,
      [[...new Set(studentIds)]],
      'parents-of',
    )
    const { parents = [], payers = [] } = Object.groupBy(rows, ({ isParent }) => (isParent ? 'parents' : 'payers'))
    return { parents: holdersByStudent(parents), payers: holdersByStudent(payers) }
  },
})

const holdersByStudent = (rows: { studentId: string; holderId: string }[]) =>
  new Map([...Map.groupBy(rows, ({ studentId }) => studentId)].map(([id, held]) => [id, held.map(({ holderId }) => holderId)]))

export const cardStore = (database: Database, defined: Tables) => ({
  findCard: (caller: Caller) => database.transaction(caller, (tx) => findCard(tx, defined, caller.userId)),

  /** Keeps the contacts of the highest version of each card; the kit keeps the rest of it. */
  keepContacts: (batch: ConsumedEvent<'user.created' | 'user.updated'>[]): Promise<void> =>
    database.transaction(schoolsOf(batch), async (tx) => {
      const given = JSON.stringify(batch.map(({ schoolId, body }) => ({ schoolId, ...body })))
      // A newly linked chat is open, whatever state the chat before it was in.
      await tx.query(
        `delete from channel_state s using contact c, jsonb_to_recordset($1) as g ("userId" uuid, "telegramChatId" text, version int)
         where c.user_id = g."userId" and s.user_id = c.user_id and s.channel = 'telegram'
           and c.version < g.version and c.telegram_chat_id is distinct from g."telegramChatId"`,
        [given],
        'forget-channels',
      )
      await tx.query(
        `insert into contact as c (school_id, user_id, quiet_hours, channels, birth_year, email, telegram_chat_id, signs_in, version)
         select distinct on ("userId") "schoolId", "userId", "quietHours",
           case when jsonb_typeof(channels) = 'array' then array(select jsonb_array_elements_text(channels)) end, "birthYear",
           email, "telegramChatId", "signsIn", version
         from jsonb_to_recordset($1) as g ("schoolId" uuid, "userId" uuid, "quietHours" jsonb, channels jsonb, "birthYear" int, email text,
           "telegramChatId" text, "signsIn" boolean, version int)
         order by "userId", version desc
         on conflict (user_id) do update set quiet_hours = excluded.quiet_hours, channels = excluded.channels,
           birth_year = excluded.birth_year, email = excluded.email, telegram_chat_id = excluded.telegram_chat_id,
           signs_in = excluded.signs_in, version = excluded.version
         where c.version < excluded.version`,
        [given],
        'keep-contacts',
      )
    }),
})

export async function findCard(tx: Transaction, defined: Tables, userId: string): Promise<PersonCard | undefined> {
  const row = await defined.cards.findByPk(userId, { transaction: tx.sequelize })
  const card = row?.get({ plain: true })
  // A language that only a newer process speaks.
  return card && !Language.options.includes(card.language) ? { ...card, language: 'ru' } : card
}
