import { randomUUIDv7 } from 'node:crypto'
import type { Caller } from '@repitbot/contracts/endpoint'
import type { Language } from '@repitbot/contracts/person-card'
import type { Database, Transaction } from '@repitbot/kit/database'
import { Failure } from '@repitbot/kit/failure'
import { jobTypes } from '../rules/jobs.ts'
import type { Person, PersonMembership } from '../rules/person.ts'
import type { Session } from '../rules/session.ts'
import type { Tables } from '../tables.ts'
import { insertSession, membershipsOf, publishIfNewAgent, revokeSessions } from './sessions.ts'

/** Persons belong to no school. */
const noSchool = { schoolId: [] }
export const personColumns = 'id, email, telegram_id as "telegramId", password_hash as "passwordHash"'
/** Several are good at once, so that a stranger who asks again and again cannot keep the person from using one. */
const linksMax = 3
export type Account = Person & { email: string; passwordHash: string }

export const personsStore = (database: Database, tables: Tables) => ({
  /** The person with this e-mail, who always has a password too. For an unknown e-mail the same statements run, so that it takes as long. */
  findAccount: (
    email: string,
  ): Promise<{ account: Account; memberships: PersonMembership[]; lastUserId: string | undefined } | undefined> =>
    database.transaction(noSchool, async (tx) => {
      const found = await tables.person.findOne({ where: { email }, transaction: tx.sequelize })
      const account = found?.get({ plain: true }) as Account | undefined
      const id = account?.id ?? randomUUIDv7()
      const [last] = await tx.query<{ userId: string }>(
        'select user_id as "userId" from session where person_id = $1 order by started_at desc limit 1',
        [id],
      )
      const memberships = await membershipsOf(tx, id)
      return account && { account, memberships, lastUserId: last?.userId }
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
      await publishIfNewAgent(tx, session)
      await insertSession(tx, session)
    }),

  /** The password hash of the caller's person, null for one without a password; and the words that such a password may not consist of. */
  findPassword: (caller: Caller): Promise<{ hash: string | null; own: string[] }> =>
    database.transaction(caller, async (tx) => {
      const [row] = await tx.query<{ id: string; hash: string | null }>(
        'select p.id, p.password_hash as hash from membership m join person p on p.id = m.person_id where m.id = $1',
        [caller.userId],
      )
      return { hash: row?.hash ?? null, own: row ? await ownWords(tx, row.id) : [] }
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
      return revokeSessions(tx, { personId: person.id, at, because: 'password_changed', except: caller.sessionId })
    }),

  /** Lets a job prepare the letter with the link after the reply, so that the reply takes as long for an unknown e-mail. */
  requestPasswordLink: (email: string, at: Date): Promise<void> =>
    database.transaction(noSchool, (tx) => tx.later(jobTypes.passwordLink, { email }, { at, key: randomUUIDv7() })),

  /** Stores the hash of a link that sets a new password and publishes the letter; does nothing for an unknown e-mail. The last three links are good. */
  insertPasswordLink: (email: string, link: { id: string; hash: Buffer; expiresAt: Date }, seal: (language: Language) => string) =>
    database.transaction(noSchool, async (tx) => {
      const [person] = await tx.query<{ id: string }>('select id from person where email = $1 for update', [email])
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

  /** Deletes every link of the person, sets the password and ends every session of the person; `link_not_valid` when it is used, expired or unknown. */
  resetPassword: (linkHash: Buffer, passwordHash: string, at: Date): Promise<string[]> =>
    database.transaction(noSchool, async (tx) => {
      const [link] = await tx.query<{ personId: string }>(
        `delete from one_time_link where hash = $1 and opens = 'password' and expires_at > $2 returning person_id as "personId"`,
        [linkHash, at],
      )
      if (!link) throw new Failure('link_not_valid')
      await tx.query('update person set password_hash = $2 where id = $1', [link.personId, passwordHash])
      await dropPasswordLinks(tx, link.personId)
      return revokeSessions(tx, { personId: link.personId, at, because: 'password_changed' })
    }),
})

/** A person's e-mail, names and schools. */
async function ownWords(tx: Transaction, personId: string): Promise<string[]> {
  const [person] = await tx.query<{ email: string | null }>('select email from person where id = $1', [personId])
  const memberships = await membershipsOf(tx, personId)
  return [person?.email ?? '', ...memberships.flatMap(({ name, school }) => [name, school])]
}

/**
 * Deletes a person's links that set a new password, except the newest `kept`. Whatever makes them pointless calls it: another password, e-mail
 * or Telegram account, or a membership that was closed.
 */
export const dropPasswordLinks = (tx: Transaction, personId: string, kept = 0) =>
  tx.query(
    `delete from one_time_link where id in
       (select id from one_time_link where person_id = $1 and opens = 'password' order by expires_at desc offset $2)`,
    [personId, kept],
  )

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
