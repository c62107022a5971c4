import { randomUUIDv7 } from 'node:crypto'
import type { Caller } from '@repitbot/contracts/endpoint'
import type { Language } from '@repitbot/contracts/person-card'
import { type Database, schoolsOf, type Transaction } from '@repitbot/kit/database'
import { Failure } from '@repitbot/kit/failure'
import { jobTypes } from '../rules/jobs.ts'
import { userUpdated } from '../rules/person.ts'
import { membersOfPerson } from './members.ts'
import { refuseTaken } from './refuse-taken.ts'
import { membershipsOf, revokeSessions } from './sessions.ts'

const noSchool = { schoolId: [] }
/** Several links are good at once, since letters may come late and in any order. */
const linksMax = 3
type Link = { id: string; hash: Buffer; expiresAt: Date }

export const emailsStore = (database: Database) => ({
  /** Lets a job write the letter with the confirming link, where the caller's address needs one. */
  requestConfirmation: (caller: Caller, at: Date): Promise<void> =>
    database.transaction(caller, async (tx) => {
      const [row] = await tx.query<{ id: string }>(
        `select p.id from membership m join person p on p.id = m.person_id where m.id = $1 and p.email is not null and p.email_confirmed_at is null`,
        [caller.userId],
      )
      if (row) await requestConfirmation(tx, row.id, at)
    }),

  /** Stores the hash of a link that confirms the person's address and publishes the letter; does nothing once it is confirmed. */
  insertConfirmLink: (personId: string, link: Link, seal: (to: { email: string; language: Language }) => string) =>
    database.transaction(noSchool, async (tx) => {
      const [person] = await tx.query<{ email: string }>(
        'select email from person where id = $1 and email is not null and email_confirmed_at is null for update',
        [personId],
      )
      const [member] = person ? await membershipsOf(tx, personId) : []
      if (!person || !member) return
      await tx.query(
        `delete from one_time_link where id in
           (select id from one_time_link where person_id = $1 and opens = 'email' order by expires_at desc offset $2)`,
        [personId, linksMax - 1],
      )
      await tx.query(`insert into one_time_link (id, opens, person_id, hash, expires_at) values ($1, 'email', $2, $3, $4)`, [
        link.id,
        personId,
        link.hash,
        link.expiresAt,
      ])
      const body = {
        letterId: link.id,
        sealed: seal({ email: person.email, language: member.language }),
        expiresAt: link.expiresAt.toISOString(),
      }
      tx.publish({ name: 'letter.written', schoolId: member.schoolId, body })
    }),

  /**
   * Confirms the address of the caller's person by the link of a letter; `link_not_valid` for a link of another account, so that nobody confirms
   * an account of somebody else by opening their letter. Returns the sessions that ended by it.
   */
  confirmEmail: async (caller: Caller, hash: Buffer, at: Date): Promise<string[]> => {
    const personId = await database.transaction(caller, async (tx) => {
      const [row] = await tx.query<{ id: string }>('select person_id as id from membership where id = $1', [caller.userId])
      if (!row) throw new Failure('not_found')
      return row.id
    })
    const scope = await database.transaction(noSchool, (tx) => schoolsOfAddress(tx, personId))
    return database.transaction(scope, async (tx) => {
      const [link] = await tx.query(
        `select id from one_time_link where hash = $1 and opens = 'email' and person_id = $2 and expires_at > $3 for update`,
        [hash, personId, at],
      )
      if (!link) throw new Failure('link_not_valid')
      return takeAddress(tx, personId, at)
    })
  },

  listUnconfirmed: (): Promise<string[]> =>
    database.transaction(noSchool, async (tx) => {
      const rows = await tx.query<{ id: string }>('select id from person where email is not null and email_confirmed_at is null')
      return rows.map(({ id }) => id)
    }),

  confirmWithoutLetter: async (personId: string, at: Date): Promise<void> => {
    const scope = await database.transaction(noSchool, (tx) => schoolsOfAddress(tx, personId))
    await database.transaction(scope, (tx) => takeAddress(tx, personId, at))
  },
})

export const requestConfirmation = (tx: Transaction, personId: string, at: Date) =>
  tx.later(jobTypes.confirmEmail, { personId }, { at, key: randomUUIDv7() })

/** The schools of everybody who has given the address of this person. */
export async function schoolsOfAddress(tx: Transaction, personId: string) {
  const people = await tx.query<{ id: string }>(
    'select id from person where id = $1 or email = (select email from person where id = $1) order by id',
    [personId],
  )
  return schoolsOf((await Promise.all(people.map(({ id }) => membershipsOf(tx, id)))).flat())
}

/**
 * Makes the address the person's own. Others who gave it and never proved it keep their memberships, and lose the address, password, Telegram
 * and sessions: an invitation lets them in anew. Publishes the cards of all, and returns the sessions that ended.
 */
export async function takeAddress(tx: Transaction, personId: string, at: Date): Promise<string[]> {
  const others = await tx.query<{ id: string }>(
    `update person set email = null, password_hash = null, telegram_id = null
     where id <> $1 and email_confirmed_at is null and email = (select email from person where id = $1) returning id`,
    [personId],
  )
  await tx.query('update person set email_confirmed_at = coalesce(email_confirmed_at, $2) where id = $1', [personId, at]).catch(refuseTaken)
  const replaced = others.map(({ id }) => id)
  await tx.query(`delete from one_time_link where person_id = any ($1) or (person_id = $2 and opens = 'email')`, [replaced, personId])
  await tx.query('delete from telegram_request where person_id = any ($1)', [replaced])
  const ended: string[] = []
  for (const id of [...replaced, personId]) {
    await tx.query('update membership set version = version + 1 where person_id = $1', [id])
    tx.publish(...(await membersOfPerson(tx, id)).map(userUpdated))
    if (id !== personId) ended.push(...(await revokeSessions(tx, { personId: id, at, because: 'taken_over' })))
  }
  return ended
}
