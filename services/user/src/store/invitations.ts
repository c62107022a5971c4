import type { Caller } from '@repitbot/contracts/endpoint'
import type { Role, School } from '@repitbot/contracts/people'
import type { Database, Transaction } from '@repitbot/kit/database'
import { Failure } from '@repitbot/kit/failure'
import { type Accepting, firstLinks, type Invited, isKnown } from '../rules/invitation.ts'
import { type Member, updated } from '../rules/person.ts'
import type { Session } from '../rules/session.ts'
import type { Tables } from '../tables.ts'
import { grant } from './links.ts'
import { insertMember, lockMember, saveMember } from './members.ts'
import { holdPassword, holdTelegram } from './persons.ts'
import { reaching } from './reaching.ts'
import { taken } from './refusals.ts'
import { getSchool } from './schools.ts'
import { insertSession, revoke } from './sessions.ts'

/** `member` is the membership taken over, if the invitation names one. */
export type Decide = (invited: Invited, school: School, member: Member | undefined) => { member: Member; session: Session }

const columns = `id, school_id as "schoolId", role, user_id as "userId", student_ids as "studentIds", invited_by as "invitedBy",
  token_hash as "tokenHash", code_hash as "codeHash", expires_at as "expiresAt", accepted_at as "acceptedAt"`

export const invitationsStore = (database: Database, tables: Tables) => ({
  /** Keeps an invitation to people within the caller's reach; an earlier one to the same membership is no longer good. */
  insertInvitation: (caller: Caller, invited: Invited): Promise<void> =>
    database.transaction(caller, async (tx) => {
      if (invited.userId) await canTakeOver(tx, caller, invited)
      const known = await tx.query<{ role: Role }>(
        `select role from membership where id = any ($1) and role = 'student' and ${reaching(caller, 'id')}`,
        [invited.studentIds],
      )
      if (known.length !== invited.studentIds.length) throw new Failure('not_found')
      await tx.query('delete from invitation where user_id = $1 and accepted_at is null', [invited.userId])
      await tables.invitation.create(invited, { transaction: tx.sequelize })
    }),

  listInvitations: (caller: Caller, at: Date): Promise<Invited[]> =>
    database.transaction(caller, (tx) =>
      tx.query<Invited>(
        `select ${columns} from invitation where accepted_at is null and expires_at > $1 and ($2 or invited_by = $3) order by id desc limit 500`,
        [at, caller.reach === 'school', caller.userId],
      ),
    ),

  revokeInvitation: (caller: Caller, id: string): Promise<void> =>
    database.transaction(caller, async (tx) => {
      const gone = await tx.query('delete from invitation where id = $1 and accepted_at is null and ($2 or invited_by = $3) returning id', [
        id,
        caller.reach === 'school',
        caller.userId,
      ])
      if (!gone.length) throw new Failure('not_found')
    }),

  /** The invitation behind a token or code, as far as it still can be accepted. */
  findInvitation: async (hash: Buffer, at: Date): Promise<Invited | undefined> => {
    const schoolId = await database.transaction({ schoolId: [] }, async (tx) => {
      const [row] = await tx.query<{ schoolId: string | null }>('select invitation_school($1) as "schoolId"', [hash])
      return row?.schoolId
    })
    if (!schoolId) return undefined
    return database.transaction({ schoolId }, async (tx) => {
      const [invited] = await tx.query<Invited>(
        `select ${columns} from invitation where (token_hash = $1 or code_hash = $1) and accepted_at is null and expires_at > $2`,
        [hash, at],
      )
      return invited
    })
  },

  /** Spends the invitation and does what it promised, all or nothing; the second of two at once is `link_not_valid`. */
  acceptInvitation: (
    { id, schoolId }: Invited,
    accepting: Accepting,
    decide: Decide,
    at: Date,
  ): Promise<{ member: Member; session: Session; invitedBy: string; ended: string[] }> =>
    database.transaction({ schoolId }, async (tx) => {
      const [invited] = await tx.query<Invited>(
        `update invitation set accepted_at = $2 where id = $1 and accepted_at is null and expires_at > $2 returning ${columns}`,
        [id, at],
      )
      if (!invited) throw new Failure('link_not_valid')
      const school = await getSchool(tx, schoolId)
      const before = invited.userId ? await lockMember(tx, invited.userId) : undefined
      if (invited.userId && (!before?.active || isClaimed(before) || before.role !== invited.role)) throw new Failure('link_not_valid')
      const { member, session } = decide(invited, school, before)
      const ended = await settlePerson(tx, tables, { accepting, before, at })
      if (before) await saveMember(tx, tables, { member, says: [updated(member)] })
      else await beginMember(tx, tables, { invited, member, at })
      const [inviter] = await tx.query<{ name: string }>('select name from membership where id = $1', [invited.invitedBy])
      return { member, session: await insertSession(tx, session), invitedBy: inviter?.name ?? '', ended }
    }),
})

const isClaimed = ({ email, telegramId }: Member) => email !== null || telegramId !== null

async function canTakeOver(tx: Transaction, caller: Caller, { userId, role }: Invited) {
  const member = await lockMember(tx, userId ?? '')
  const [reached] = await tx.query(`select from membership where id = $1 and active and role = $2 and ${reaching(caller, 'id')}`, [
    userId,
    role,
  ])
  if (!member || !reached) throw new Failure('not_found')
  if (isClaimed(member)) throw new Failure('already_signs_in')
}

type Settling = { accepting: Accepting; before: Member | undefined; at: Date }
/**
 * Makes the person stand: a new one, the one made with the membership, or an account that takes the membership over. In the last case the
 * person who was there for want of an account goes, and his sign-ins end.
 */
async function settlePerson(tx: Transaction, tables: Tables, { accepting, before, at }: Settling): Promise<string[]> {
  const transaction = tx.sequelize
  const { kind, person } = accepting
  if (isKnown(accepting)) {
    await (kind === 'telegram'
      ? holdTelegram(tx, person.id, person.telegramId ?? '')
      : holdPassword(tx, person.id, person.passwordHash ?? ''))
    if (!before || before.personId === person.id) return []
    const ended = await revoke(tx, { personId: before.personId, at, because: 'taken_over' })
    await tx.query('update session set person_id = $2 where person_id = $1', [before.personId, person.id])
    await tables.membership.update({ personId: person.id }, { where: { id: before.id }, transaction }).catch(taken)
    await tables.person.destroy({ where: { id: before.personId }, transaction })
    return ended
  }
  if (!before) await tables.person.create({ ...person, createdAt: at }, { transaction }).catch(taken)
  else if (kind === 'new') {
    const { email, passwordHash, telegramId } = person
    await tables.person.update({ email, passwordHash, telegramId }, { where: { id: before.personId }, transaction }).catch(taken)
  }
  return []
}

/** A new member with the links the invitation was made for; students who have left that role meanwhile are passed over. */
async function beginMember(tx: Transaction, tables: Tables, { invited, member, at }: { invited: Invited; member: Member; at: Date }) {
  await insertMember(tx, tables, member, at)
  const students = await tx.query<{ id: string }>(`select id from membership where id = any ($1) and role = 'student' for share`, [
    invited.studentIds,
  ])
  const inviter = await tx.query<{ id: string }>(`select id from membership where id = $1 and role = 'tutor' for share`, [
    invited.invitedBy,
  ])
  const bound = { studentIds: students.map(({ id }) => id), tutorIds: inviter.map(({ id }) => id) }
  for (const link of firstLinks(member.id, member.role, bound)) await grant(tx, member.schoolId, link)
}
