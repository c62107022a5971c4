import type { Heard } from '@repitbot/contracts/events'
import type { PersonCard } from '@repitbot/contracts/people'
import type { Transaction } from '@repitbot/kit/database'
import type { Tables } from '../tables.ts'

export const cards = (tx: Transaction, defined: Tables) => ({
  /** Keeps the highest version of each card. */
  async keepCards(batch: Heard<'user.created' | 'user.updated'>[]) {
    await tx.query(
      `insert into card as c (school_id, user_id, role, name, language, zone, quiet_hours, channels, birth_year, email, telegram_chat_id, active, version)
       select distinct on ("userId") "schoolId", "userId", role, name, language, zone, "quietHours",
         array(select jsonb_array_elements_text(channels)), "birthYear", email, "telegramChatId", active, version
       from jsonb_to_recordset($1) as g ("schoolId" uuid, "userId" uuid, role text, name text, language text, zone text, "quietHours" jsonb,
         channels jsonb, "birthYear" int, email text, "telegramChatId" text, active boolean, version int)
       order by "userId", version desc
       on conflict (user_id) do update set role = excluded.role, name = excluded.name, language = excluded.language, zone = excluded.zone,
         quiet_hours = excluded.quiet_hours, channels = excluded.channels, birth_year = excluded.birth_year, email = excluded.email,
         telegram_chat_id = excluded.telegram_chat_id, active = excluded.active, version = excluded.version
       where c.version < excluded.version`,
      [JSON.stringify(batch.map(({ schoolId, body }) => ({ schoolId, ...body })))],
      'keep-cards',
    )
  },

  async findCard(userId: string): Promise<PersonCard | undefined> {
    const row = await defined.cards.findByPk(userId, { transaction: tx.sequelize })
    return row?.get({ plain: true })
  },

  /** The parents of each student, as the school has linked them. */
  async parentsOf(studentIds: string[]): Promise<Map<string, string[]>> {
    const rows = await tx.query<{ studentId: string; parents: string[] }>(
      `select over_id as "studentId", array_agg(holder_id order by holder_id) as parents from reach
       where over_id = any ($1::uuid[]) and reach_as = 'parent' and granted group by over_id`,
      [[...new Set(studentIds)]],
      'parents-of',
    )
    return new Map(rows.map(({ studentId, parents }) => [studentId, parents]))
  },
})
