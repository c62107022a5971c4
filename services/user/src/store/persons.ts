import { randomUUIDv7 } from 'node:crypto'
import type { Caller } from '@repitbot/contracts/endpoint'
import type { Language } from '@repitbot/contracts/person-card'
import type { Database, Transaction } from '@repitbot/kit/database'
import { Failure } from '@repitbot/kit/failure'
import { jobTypes } from '../rules/jobs.ts'
import { accountsMax, type Person, type PersonMembership } from '../rules/person.ts'
import type { Session } from '../rules/session.ts'
import { schoolsOfAddress, takeAddress } from './emails.ts'
import { dropPasswordLinks } from './one-time-links.ts'
import { insertSession, membershipsOf, publishIfNewOrigin, revokeSessions } from './sessions.ts'

/** Persons belong to no school. */
const noSchool = { schoolId: [] }
export const personColumns =
  'id, email, email_confirmed_at as "emailConfirmedAt", telegram_id as "telegramId", password_hash as "passwordHash"'
/** Several are good at once, so that a stranger who asks again and again cannot keep the person from using one. */
const linksMax = 3
type CallerSession = Pick<Session, 'expiresAt' | 'telegram'>
export type Account = Person & { email: string; passwordHash: string }

export const personsStore = (database: Database) => ({
  /** Those who gave this e-mail, each with a password too: the one who confirmed it, who is alone then, or the newest of those who did not. */
  findAccounts: (email: string): Promise<Account[]> =>
    database.transaction(noSchool, (tx) =>
      tx.query<Account>(
        `select ${personColumns} from person where email = $1 order by email_confirmed_at nulls last, created_at desc limit ${accountsMax}`,
        [email],
      ),
    ),

  /** The memberships of a person, and the one that they signed in to last. */
  findMemberships: (personId: string): Promise<{ memberships: PersonMembership[]; lastUserId: string | undefined }> =>
    database.transaction(noSchool, async (tx) => {
      const [last] = await tx.query<{ userId: string }>(
        'select user_id as "userId" from session where person_id = $1 order by started_at desc limit 1',
        [personId],
      )
      return { memberships: await membershipsOf(tx, personId), lastUserId: last?.userId }
    }),

  /** Opens a session if password and membership are still those that were checked; refused when either changed meanwhile. */
  openSession: (session: Session, schoolId: string, passwordHash: string): Promise<void> =>
    database.transaction({ schoolId }, async (tx) => {
      await lockByPassword(tx, session.personId, passwordHash)
      const [member] = await tx.query<{ active: boolean }>('select active from membership where id = $1 and person_id = $2 for share', [
        session.userId,
        session.personId,
      ])
      if (!member?.active) throw new Failure('membership_closed')
      await publishIfNewOrigin(tx, session)
      await insertSession(tx, session)
    }),

  /** The password hash of the caller's person, null for one without a password; the words that such a password may not consist of; and the caller's session. */
  findPassword: (caller: Caller): Promise<{ hash: string | null; own: string[]; session: CallerSession | undefined }> =>
    database.transaction(caller, async (tx) => {
      const [row] = await tx.query<{ id: string; hash: string | null }>(
        'select p.id, p.password_hash as hash from membership m join person p on p.id = m.person_id where m.id = $1',
        [caller.userId],
      )
      const [session] = await tx.query<CallerSession>('select expires_at as "expiresAt", telegram from session where id = $1', [
        caller.sessionId,
      ])
      return { hash: row?.hash ?? null, own: row ? await ownWords(tx, row.id) : [], session }
    }),

  /** The words that a password set by this link may not consist of; `link_not_valid` when it is used, expired or unknown. */
  listOwnWords: (linkHash: Buffer, at: Date): Promise<string[]> =>
    database.transaction(noSchool, async (tx) => {
      const [link] = await tx.query<{ personId: string }>(
        `select person_id as "personId" from one_time_link where hash = $1 and opens = 'password' and expires_at > $2`,
        [linkHash, at],
      )
      if (!link) throw new Failure('link_not_valid')
      return ownWords(tx, link.personId)
    }),

  /** Replaces the hash that was checked, and ends every other session of the person. */
  changePassword: (caller: Caller, hashes: { from: string; to: string }, at: Date): Promise<string[]> =>
    database.transaction(caller, async (tx) => {
      const [person] = await tx.query<{ id: string }>(
        'update person set password_hash = $3 where id = (select person_id from membership where id = $1) and password_hash = $2 returning id',
        [caller.userId, hashes.from, hashes.to],
      )
      if (!person) throw new Failure('wrong_credentials')
      await dropPasswordLinks(tx, person.id)
      tx.publish({ name: 'password.changed', body: { userId: caller.userId, changeId: randomUUIDv7() } })
      return revokeSessions(tx, { personId: person.id, at, because: 'password_changed', except: caller.sessionId })
    }),

  /** Lets a job prepare the letter with the link after the reply, so that the reply takes as long for an unknown e-mail. */
  requestPasswordLink: (email: string, at: Date): Promise<void> =>
    database.transaction(noSchool, (tx) => tx.later(jobTypes.passwordLink, { email }, { at, key: randomUUIDv7() })),

  /** Stores the hash of a link that sets a new password and publishes the letter; does nothing for an unknown e-mail. The last three links are good. */
  insertPasswordLink: (email: string, link: { id: string; hash: Buffer; expiresAt: Date }, seal: (language: Language) => string) =>
    database.transaction(noSchool, async (tx) => {
      const [person] = await tx.query<{ id: string }>(
        'select id from person where email = $1 order by email_confirmed_at nulls last, created_at desc limit 1 for update',
        [email],
      )
      const [member] = person ? await membershipsOf(tx, person.id) : []
      if (!person || !member) return
      await dropPasswordLinks(tx, person.id, linksMax - 1)
      await tx.query(`insert into one_time_link (id, opens, person_id, hash, expires_at) values ($1, 'password', $2, $3, $4)`, [
        link.id,
        person.id,
        link.hash,
        link.expiresAt,
      ])
      const body = { letterId: link.id, sealed: seal(member.language), expiresAt: link.expiresAt.toISOString() }
      tx.publish({ name: 'letter.written', schoolId: member.schoolId, body })
    }),

  /**
   * Gives the account back to the owner of its address, whoever was in it: deletes every link of the person, sets the password, takes Telegram
   * off, confirms the address and ends every session. `link_not_valid` when the link is used, expired or unknown.
   */
  resetPassword: async (linkHash: Buffer, passwordHash: string, at: Date): Promise<string[]> => {
    const find = `from one_time_link where hash = $1 and opens = 'password' and expires_at > $2`
    const scope = await database.transaction(noSchool, async (tx) => {
      const [link] = await tx.query<{ personId: string }>(`select person_id as "personId" ${find}`, [linkHash, at])
      if (!link) throw new Failure('link_not_valid')
      return schoolsOfAddress(tx, link.personId)
    })
    return database.transaction(scope, async (tx) => {
      const [link] = await tx.query<{ personId: string }>(`delete ${find} returning person_id as "personId"`, [linkHash, at])
      if (!link) throw new Failure('link_not_valid')
      const { personId } = link
      await tx.query('update person set password_hash = $2, telegram_id = null where id = $1', [personId, passwordHash])
      await tx.query('delete from telegram_request where person_id = $1', [personId])
      await dropPasswordLinks(tx, personId)
      const replaced = await takeAddress(tx, personId, at)
      await publishReset(tx, personId)
      return [...replaced, ...(await revokeSessions(tx, { personId, at, because: 'password_changed' }))]
    })
  },
})

/** Publishes a password that was set by a link, for the active membership that the person used last. */
async function publishReset(tx: Transaction, personId: string): Promise<void> {
  const [last] = await tx.query<{ userId: string; schoolId: string }>(
    `select m.id as "userId", m.school_id as "schoolId" from membership m left join session s on s.user_id = m.id
     where m.person_id = $1 and m.active order by s.used_at desc nulls last limit 1`,
    [personId],
  )
  if (!last) return
  tx.publish({ name: 'password.changed', schoolId: last.schoolId, body: { userId: last.userId, changeId: randomUUIDv7() } })
}

/** A person's e-mail, names and schools. */
async function ownWords(tx: Transaction, personId: string): Promise<string[]> {
  const [person] = await tx.query<{ email: string | null }>('select email from person where id = $1', [personId])
  const memberships = await membershipsOf(tx, personId)
  return [person?.email ?? '', ...memberships.flatMap(({ name, school }) => [name, school])]
}

/** Locks the person against changes; `wrong_credentials` unless this is still the password hash. */
export async function lockByPassword(tx: Transaction, personId: string, passwordHash: string): Promise<void> {
  const rows = await tx.query('select from person where id = $1 and password_hash = $2 for share', [personId, passwordHash])
  if (!rows.length) throw new Failure('wrong_credentials')
}

/** Locks the person against changes; `telegram_not_linked` unless this is still the Telegram id. */
export async function lockByTelegram(tx: Transaction, personId: string, telegramId: string): Promise<void> {
  const rows = await tx.query('select from person where id = $1 and telegram_id = $2 for share', [personId, telegramId])
  if (!rows.length) throw new Failure('telegram_not_linked')
}
