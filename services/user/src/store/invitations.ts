import type { Caller } from '@repitbot/contracts/endpoint'
import { givesLessons } from '@repitbot/contracts/teaching'
import type { Database, Transaction } from '@repitbot/kit/database'
import { Failure } from '@repitbot/kit/failure'
import type { AcceptOutcome, InvitationState, PersonChange } from '../rules/accept-invitation.ts'
import { firstLinks, type Invitees, invitationAccepted, type StoredInvitation } from '../rules/invitation.ts'
import { type Member, userUpdated } from '../rules/person.ts'
import type { Session } from '../rules/session.ts'
import type { Tables } from '../tables.ts'
import { requestConfirmation } from './emails.ts'
import { findInvitees, inviting } from './invitees.ts'
import { grantPromisedLink } from './links.ts'
import { insertMember, lockMembers, saveMember } from './members.ts'
import { lockByPassword, lockByTelegram } from './persons.ts'
import { refuseTaken } from './refuse-taken.ts'
import { getSchool } from './schools.ts'
import { insertSession, publishIfNewOrigin, revokeSessions } from './sessions.ts'

type Accepted = { member: Member; session: Session; invitedBy: string; ended: string[] }

const columns = `id, school_id as "schoolId", role, user_id as "userId", student_ids as "studentIds", invited_by as "invitedBy",
  token_hash as "tokenHash", code_hash as "codeHash", expires_at as "expiresAt", accepted_at as "acceptedAt"`

export const invitationsStore = (database: Database, tables: Tables) => ({
  /** Hands those whom an invitation names, as far as the caller reaches them, to `decide`; stores it in the place of earlier ones to the same membership. */
  addInvitation: (caller: Caller, invitation: StoredInvitation, decide: (invitees: Invitees) => StoredInvitation): Promise<void> =>
    database.transaction(caller, async (tx) => {
      const { userId } = invitation
      const [member] = userId ? await lockMembers(tx, [userId]) : []
      const decided = decide(await findInvitees(tx, caller, { ...invitation, member }))
      await tx.query('delete from invitation where user_id = $1 and accepted_at is null', [userId])
      await tables.invitation.create(decided, { transaction: tx.sequelize })
    }),

  listInvitations: (caller: Caller, at: Date): Promise<StoredInvitation[]> =>
    database.transaction(caller, (tx) =>
      tx.query<StoredInvitation>(
        `select ${columns} from invitation where accepted_at is null and expires_at > $1 and ($2 or invited_by = $3) order by id desc limit 500`,
        [at, caller.reach === 'school', caller.userId],
      ),
    ),

  revokeInvitation: (caller: Caller, id: string): Promise<void> =>
    database.transaction(caller, async (tx) => {
      const deleted = await tx.query(
        'delete from invitation where id = $1 and accepted_at is null and ($2 or invited_by = $3) returning id',
        [id, caller.reach === 'school', caller.userId],
      )
      if (!deleted.length) throw new Failure('not_found')
    }),

  /** The invitation of a token or code that can still be accepted. */
  findInvitation: async (hash: Buffer, at: Date): Promise<StoredInvitation | undefined> => {
    const schoolId = await database.transaction({ schoolId: [] }, async (tx) => {
      const [row] = await tx.query<{ schoolId: string | null }>('select invitation_school($1) as "schoolId"', [hash])
      return row?.schoolId
    })
    if (!schoolId) return undefined
    return database.transaction({ schoolId }, async (tx) => {
      const [invitation] = await tx.query<StoredInvitation>(
        `select ${columns} from invitation where (token_hash = $1 or code_hash = $1) and accepted_at is null and expires_at > $2`,
        [hash, at],
      )
      return invitation
    })
  },

  /** An invitation with all that it is judged by, and the names of its students: those named, or those of the parent who waits. */
  seeInvitation: (found: StoredInvitation): Promise<{ state: InvitationState; students: string[] }> =>
    database.transaction({ schoolId: found.schoolId }, async (tx) => {
      const state = await lockInvitation(tx, found)
      const students = await tx.query<{ name: string }>(
        `select name from membership where id = any ($1)
           or id in (select over_id from link where holder_id = $2 and active and link_as <> 'tutor') order by name`,
        [found.studentIds, found.userId],
      )
      return { state, students: students.map(({ name }) => name) }
    }),

  /** Locks an invitation (else `link_not_valid`), and saves what `decide` makes of it, of the membership that it names, and of the person. */
  acceptInvitation: (found: StoredInvitation, decide: (state: InvitationState) => AcceptOutcome, at: Date): Promise<Accepted> =>
    database.transaction({ schoolId: found.schoolId }, async (tx) => {
      const state = await lockInvitation(tx, found)
      const { invitation, inviter } = state
      const before = state.invitees.member
      const { member, session, person, invitation: accepted } = decide(state)
      await tx.query('update invitation set accepted_at = $2 where id = $1', [invitation.id, accepted.acceptedAt])
      const ended = await savePerson(tx, tables, { change: person, userId: member.id, at })
      if (person.kind === 'join' && !session.telegram) await publishIfNewOrigin(tx, session)
      if (before) await saveMember(tx, tables, { member, events: [userUpdated(member)] })
      else await insertInvited(tx, tables, { invitation, inviter, member, at })
      const students = await tx.query<{ id: string }>('select over_id as id from link where holder_id = $1 and active', [member.id])
      tx.publish(invitationAccepted({ invitation, member, studentIds: students.map((one) => one.id) }))
      return { member, session: await insertSession(tx, session), invitedBy: inviter.name, ended }
    }),
})

/**
 * An invitation with the memberships of its maker and of whom it names. Memberships are locked before the invitation, as by those who take the
 * right to invite away.
 */
async function lockInvitation(tx: Transaction, { id, schoolId, invitedBy, userId }: StoredInvitation): Promise<InvitationState> {
  const members = await lockMembers(tx, userId ? [invitedBy, userId] : [invitedBy])
  const [invitation] = await tx.query<StoredInvitation>(`select ${columns} from invitation where id = $1 for update`, [id])
  const inviter = members.find((one) => one.id === invitedBy)
  const by = inviter && inviting(inviter)
  if (!invitation || !inviter || !by) throw new Failure('link_not_valid')
  const school = await getSchool(tx, schoolId)
  const member = members.find((one) => one.id === userId)
  return { invitation, school, inviter, invitees: await findInvitees(tx, by, { ...invitation, member }) }
}

/** Saves what becomes of the person behind the membership; returns the sessions that end when an account replaces the person before it. */
async function savePerson(
  tx: Transaction,
  tables: Tables,
  { change, userId, at }: { change: PersonChange; userId: string; at: Date },
): Promise<string[]> {
  const transaction = tx.sequelize
  if (change.kind === 'insert') await tables.person.create({ ...change.person, createdAt: at }, { transaction }).catch(refuseTaken)
  if (change.kind === 'update') {
    const { id, email, emailConfirmedAt, passwordHash, telegramId } = change.person
    await tables.person.update({ email, emailConfirmedAt, passwordHash, telegramId }, { where: { id }, transaction }).catch(refuseTaken)
  }
  if (change.kind === 'insert' || change.kind === 'update') {
    const { id, email, emailConfirmedAt } = change.person
    if (email && !emailConfirmedAt) await requestConfirmation(tx, id, at)
  }
  if (change.kind !== 'join') return []
  const { accepting, replaces } = change
  const { id, passwordHash, telegramId } = accepting.person
  await (accepting.kind === 'telegram' ? lockByTelegram(tx, id, telegramId ?? '') : lockByPassword(tx, id, passwordHash ?? ''))
  if (!replaces) return []
  const ended = await revokeSessions(tx, { personId: replaces, at, because: 'taken_over' })
  await tx.query('update session set person_id = $2 where person_id = $1', [replaces, id])
  await tables.membership.update({ personId: id }, { where: { id: userId }, transaction }).catch(refuseTaken)
  await tables.person.destroy({ where: { id: replaces }, transaction })
  return ended
}

/** A new member with the links that the invitation promised. */
async function insertInvited(
  tx: Transaction,
  tables: Tables,
  { invitation, inviter, member, at }: { invitation: StoredInvitation; inviter: Member; member: Member; at: Date },
) {
  await insertMember(tx, tables, member, at)
  const linked = { studentIds: invitation.studentIds, tutorIds: givesLessons(inviter) ? [inviter.id] : [] }
  for (const link of firstLinks(member.id, member.role, linked)) await grantPromisedLink(tx, member.schoolId, link)
}
