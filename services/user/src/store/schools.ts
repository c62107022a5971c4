import type { Caller } from '@repitbot/contracts/endpoint'
import type { School } from '@repitbot/contracts/school'
import type { Database, Transaction } from '@repitbot/kit/database'
import { Failure } from '@repitbot/kit/failure'
import { linkEvent } from '../rules/link.ts'
import { type Member, userUpdated } from '../rules/person.ts'
import { schoolUpdated } from '../rules/school.ts'
import type { Session } from '../rules/session.ts'
import type { Tables } from '../tables.ts'
import { requestConfirmation } from './emails.ts'
import { pageOfLinks } from './links.ts'
import { insertMember, pageOfMembers } from './members.ts'
import { refuseTaken } from './refuse-taken.ts'
import { insertSession } from './sessions.ts'

type First = { school: School; admin: Member; passwordHash: string; session: Session; at: Date }

const columns = 'id, name, language, zone, version'

export const schoolsStore = (database: Database, tables: Tables) => ({
  getSchool: (caller: Caller): Promise<School> => database.transaction(caller, (tx) => getSchool(tx, caller.schoolId)),

  changeSchool: (caller: Caller, decide: (school: School) => School): Promise<School> =>
    database.transaction(caller, async (tx) => {
      const [school] = await tx.query<School>(`select ${columns} from school where id = $1 for no key update`, [caller.schoolId])
      if (!school) throw new Failure('not_found')
      const next = decide(school)
      if (next === school) return school
      const { id, ...values } = next
      if (id !== school.id) throw new Error('A decision gave a school another id')
      await tables.school.update(values, { where: { id }, transaction: tx.sequelize })
      tx.publish(schoolUpdated(next))
      return next
    }),

  /** Stores the one link that makes the first school; earlier ones are no longer good. False when there is a school already. */
  insertFirstLink: (link: { id: string; hash: Buffer; expiresAt: Date }): Promise<boolean> =>
    database.transaction({ schoolId: [] }, async (tx) => {
      if (await lockFirstSchool(tx)) return false
      await tx.query(`delete from one_time_link where opens = 'first_school'`)
      await tx.query(`insert into one_time_link (id, opens, hash, expires_at) values ($1, 'first_school', $2, $3)`, [
        link.id,
        link.hash,
        link.expiresAt,
      ])
      return true
    }),

  isFirstLink: (hash: Buffer, at: Date): Promise<boolean> =>
    database.transaction({ schoolId: [] }, async (tx) => {
      const rows = await tx.query(`select from one_time_link where hash = $1 and opens = 'first_school' and expires_at > $2`, [hash, at])
      return rows.length > 0
    }),

  /** Deletes the link and inserts school, admin and session together; `link_not_valid` once there is a school. */
  insertFirstSchool: (linkHash: Buffer, { school, admin, passwordHash, session, at }: First): Promise<void> =>
    database.transaction({ schoolId: school.id }, async (tx) => {
      const exists = await lockFirstSchool(tx)
      const deleted = await tx.query(
        `delete from one_time_link where hash = $1 and opens = 'first_school' and expires_at > $2 returning id`,
        [linkHash, at],
      )
      if (exists || !deleted.length) throw new Failure('link_not_valid')
      await tables.school.create({ ...school, schoolId: school.id, createdAt: at }, { transaction: tx.sequelize })
      tx.publish(schoolUpdated(school))
      const person = {
        id: admin.personId,
        email: admin.email,
        emailConfirmedAt: admin.emailConfirmedAt,
        telegramId: null,
        passwordHash,
        createdAt: at,
      }
      await tables.person.create(person, { transaction: tx.sequelize }).catch(refuseTaken)
      await insertMember(tx, tables, admin, at)
      await insertSession(tx, session)
      if (!admin.emailConfirmedAt) await requestConfirmation(tx, admin.personId, at)
    }),

  listSchoolIds: (): Promise<string[]> =>
    database.transaction({ schoolId: [] }, async (tx) => (await tx.query<{ id: string }>('select school_ids() as id')).map(({ id }) => id)),

  /** Publishes the school itself again. */
  publishSchool: (schoolId: string): Promise<void> =>
    database.transaction({ schoolId }, async (tx) => tx.publish(schoolUpdated(await getSchool(tx, schoolId)))),

  /** Publishes one page of a school's cards again; returns their count and the last id. */
  publishCards: (schoolId: string, after: string | null, limit: number) =>
    database.transaction({ schoolId }, async (tx) => {
      const members = await pageOfMembers(tx, after, limit)
      tx.publish(...members.map(userUpdated))
      return { count: members.length, last: members.at(-1)?.id }
    }),

  /** Publishes one page of a school's links again, ended ones too; returns their count and the last link. */
  publishLinks: (schoolId: string, after: Parameters<typeof pageOfLinks>[1], limit: number) =>
    database.transaction({ schoolId }, async (tx) => {
      const links = await pageOfLinks(tx, after, limit)
      tx.publish(...links.map((link) => linkEvent(schoolId, link)))
      return { count: links.length, last: links.at(-1) }
    }),
})

/** Runs one at a time, so that two first schools cannot be made at once. Returns whether there is a school. */
async function lockFirstSchool(tx: Transaction): Promise<boolean> {
  await tx.query(`select pg_advisory_xact_lock(hashtext('user first school'))`)
  return (await tx.query('select from school_ids() limit 1')).length > 0
}

export async function getSchool(tx: Transaction, schoolId: string): Promise<School> {
  const [school] = await tx.query<School>(`select ${columns} from school where id = $1`, [schoolId])
  if (!school) throw new Failure('not_found')
  return school
}
