import type { Caller } from '@repitbot/contracts/endpoint'
import type { Link } from '@repitbot/contracts/people'
import type { WantedPeople } from '@repitbot/contracts/wanted-people'
import type { Database, Transaction } from '@repitbot/kit/database'
import { Failure } from '@repitbot/kit/failure'
import { keepsLinks } from '../rules/change-member.ts'
import type { Member, Outcome } from '../rules/person.ts'
import { userCreated } from '../rules/person.ts'
import type { Tables } from '../tables.ts'
import { deleteLostInvitations } from './invitees.ts'
import { changeLink, type DecideLink, revokeLinks } from './links.ts'
import { dropPasswordLinks } from './one-time-links.ts'
import { refuseTaken } from './refuse-taken.ts'
import { revokeSessions } from './sessions.ts'
import { type PageOfPeople, pageOfWanted, wantedMembers } from './wanted-members.ts'
import { withinReach } from './within-reach.ts'

/** A membership with its person's contacts, in the names that the rules use. */
const columns = `m.id, m.school_id as "schoolId", m.person_id as "personId", m.role, m.name, m.language, m.zone, m.quiet_hours as "quietHours",
  m.channels, m.birth_year as "birthYear", m.active, m.teaches, m.phone, m.version, p.email, p.email_confirmed_at as "emailConfirmedAt", p.telegram_id as "telegramId"`
/** What a decision about a membership may not change: e-mail and Telegram are the person's own. */
const notChanged = ['id', 'schoolId', 'email', 'emailConfirmedAt', 'telegramId'] as const
/** A member to add, with the first links; `decide` is asked for each of them. */
type NewMember = { member: Member; links: Link[]; decide: DecideLink }
const source = `membership m join person p on p.id = m.person_id`

export const membersStore = (database: Database, tables: Tables) => ({
  listMembers: (caller: Caller, page: PageOfPeople): Promise<Member[]> =>
    database.transaction(caller, (tx) => {
      const { condition, values } = pageOfWanted(caller, page)
      return tx.query<Member>(`select ${columns} from ${source} where ${condition}`, values)
    }),

  countMembers: (caller: Caller, wanted: WantedPeople): Promise<number> =>
    database.transaction(caller, async (tx) => {
      const { condition, values } = wantedMembers(caller, wanted)
      const [row] = await tx.query<{ count: number }>(`select count(*)::int as count from ${source} where ${condition}`, values)
      return row?.count ?? 0
    }),

  /** One member within the caller's reach, else `not_found`. */
  getMember: (caller: Caller, userId: string): Promise<Member> =>
    database.transaction(caller, async (tx) => {
      const [member] = await tx.query<Member>(`select ${columns} from ${source} where m.id = $1 and ${withinReach(caller, 'm.id')}`, [
        userId,
      ])
      if (!member) throw new Failure('not_found')
      return member
    }),

  /** Makes a person with a membership and its first links; every person linked must be within the caller's reach. */
  addMember: (caller: Caller, { member, links, decide }: NewMember, at: Date): Promise<Member> =>
    database.transaction(caller, async (tx) => {
      const person = { id: member.personId, email: null, emailConfirmedAt: null, telegramId: null, passwordHash: null, createdAt: at }
      await tables.person.create(person, { transaction: tx.sequelize })
      await insertMember(tx, tables, member, at)
      for (const link of links) await changeLink(tx, { caller, link, newMemberId: member.id, decide })
      return member
    }),

  /** Locks one member within the caller's reach (else `not_found`) and saves what `decide` makes of it; `otherAdmins` is how many others could take over. */
  changeMember: (caller: Caller, userId: string, decide: (member: Member, otherAdmins: number) => Outcome, at: Date) =>
    database.transaction(caller, async (tx) => {
      const [member] = await tx.query<Member>(
        `select ${columns} from ${source} where m.id = $1 and ${withinReach(caller, 'm.id')} for no key update of m`,
        [userId],
      )
      if (!member) throw new Failure('not_found')
      const outcome = decide(member, member.role === 'admin' ? await otherAdmins(tx, member) : 0)
      for (const field of notChanged)
        if (outcome.member[field] !== member[field]) throw new Error(`A decision changed the ${field} of a member`)
      if (!keepsLinks(member, outcome.member)) await revokeLinks(tx, member)
      await saveMember(tx, tables, outcome)
      if (outcome.signsOut) await deleteLostInvitations(tx)
      if (outcome.signsOut) await dropPasswordLinks(tx, member.personId)
      const ended = outcome.signsOut ? await revokeSessions(tx, { userId, at, because: outcome.signsOut }) : []
      return { member: outcome.member, ended }
    }),
})

/** In the order of their ids, so that two transactions do not wait for each other. */
export const lockMembers = (tx: Transaction, userIds: string[]) =>
  tx.query<Member>(`select ${columns} from ${source} where m.id = any ($1) order by m.id for no key update of m`, [userIds])

export async function lockMember(tx: Transaction, userId: string): Promise<Member | undefined> {
  const [member] = await lockMembers(tx, [userId])
  return member
}

export async function insertMember(tx: Transaction, tables: Tables, member: Member, at: Date) {
  await tables.membership.create({ ...member, createdAt: at }, { transaction: tx.sequelize }).catch(refuseTaken)
  tx.publish(userCreated(member))
}

export async function saveMember(tx: Transaction, tables: Tables, { member, events }: Outcome) {
  const { id, schoolId, email, emailConfirmedAt, telegramId, ...values } = member
  await tables.membership.update(values, { where: { id, schoolId }, transaction: tx.sequelize }).catch(refuseTaken)
  tx.publish(...events)
}

/** Locks the school's row, so that two admins cannot disable each other at once. */
async function otherAdmins(tx: Transaction, { id, schoolId }: Member): Promise<number> {
  await tx.query('select from school where id = $1 for no key update', [schoolId])
  const [row] = await tx.query<{ count: number }>(
    `select count(*)::int as count from ${source}
     where m.role = 'admin' and m.active and m.id <> $1 and (p.email is not null or p.telegram_id is not null)`,
    [id],
  )
  return row?.count ?? 0
}

/** One page of a school's cards, to publish them again. */
export const pageOfMembers = (tx: Transaction, after: string | null, limit: number) =>
  tx.query<Member>(`select ${columns} from ${source} where $1::uuid is null or m.id > $1 order by m.id limit $2`, [after, limit])

/** Every membership of a person in the schools of the transaction. */
export const membersOfPerson = (tx: Transaction, personId: string) =>
  tx.query<Member>(`select ${columns} from ${source} where m.person_id = $1 order by m.id`, [personId])
