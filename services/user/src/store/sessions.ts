import { isDeepStrictEqual } from 'node:util'
import type { Caller, Origin } from '@repitbot/contracts/endpoint'
import type { Database, Transaction } from '@repitbot/kit/database'
import { networksOf } from '@repitbot/kit/network'
import type { PersonMembership } from '../rules/person.ts'
import type { Session } from '../rules/session.ts'

const columns = `id, person_id as "personId", user_id as "userId", seed, generation, parent, agent, address, started_at as "startedAt", used_at as "usedAt",
  expires_at as "expiresAt", revoked_at as "revokedAt", revoked_because as "revokedBecause", telegram`
/** What a decision about a session may not change. */
const fixed = ['id', 'personId', 'userId', 'seed', 'startedAt', 'telegram'] as const
/** Sessions belong to persons, not to schools. */
const noSchool = { schoolId: [] }

export const sessionsStore = (database: Database) => ({
  /**
   * Locks a session, of this membership if one is given, and hands it with all memberships of its person to `decide`; saves the session whole,
   * and inserts the one that it started. Undefined when there is no such session.
   */
  changeSession: <O extends { session: Session; started?: Session }>(
    { sessionId, userId }: { sessionId: string; userId?: string },
    decide: (session: Session, memberships: PersonMembership[]) => O,
  ): Promise<O | undefined> =>
    database.transaction(noSchool, async (tx) => {
      const [session] = await tx.query<Session>(
        `select ${columns} from session where id = $1 and ($2::uuid is null or user_id = $2) for update`,
        [sessionId, userId ?? null],
      )
      if (!session) return undefined
      const outcome = decide(session, await membershipsOf(tx, session.personId))
      for (const field of fixed)
        if (!isDeepStrictEqual(outcome.session[field], session[field])) throw new Error(`A decision changed the ${field} of a session`)
      if (outcome.session !== session) await saveSession(tx, outcome.session)
      if (outcome.started) await insertSession(tx, outcome.started)
      return outcome
    }),

  listSessions: (caller: Caller): Promise<Session[]> =>
    database.transaction(caller, (tx) =>
      tx.query<Session>(
        `select ${columns} from session where person_id = ${person} and revoked_at is null order by used_at desc limit 100`,
        [caller.userId],
      ),
    ),

  listMemberships: (personId: string): Promise<PersonMembership[]> => database.transaction(noSchool, (tx) => membershipsOf(tx, personId)),

  /** From where the account of an e-mail was used since an instant, except by the bot. */
  listOrigins: (email: string, since: Date): Promise<Origin[]> =>
    database.transaction(noSchool, (tx) =>
      tx.query<Origin>(
        `select distinct agent, address from session
         where person_id = (select id from person where email = $1) and used_at > $2 and not telegram limit 500`,
        [email, since],
      ),
    ),

  /** Ends one session of the caller's person, or all of them; returns their ids. */
  endSessions: (caller: Caller, at: Date, sessionId?: string): Promise<string[]> =>
    database.transaction(caller, async (tx) => {
      const rows = await tx.query<{ id: string }>(
        `update session set revoked_at = $2, revoked_because = 'signed_out'
         where person_id = ${person} and ($3::uuid is null or id = $3) and revoked_at is null returning id`,
        [caller.userId, at, sessionId ?? null],
      )
      return rows.map(({ id }) => id)
    }),

  listRevoked: (since: Date): Promise<string[]> =>
    database.transaction(noSchool, async (tx) => {
      const rows = await tx.query<{ id: string }>('select id from session where revoked_at > $1', [since], 'revoked')
      return rows.map(({ id }) => id)
    }),

  /** Deletes sessions, attempt counters and links that are over. An ended session is kept as long as its origin is known by it. */
  sweep: (at: Date, idleSince: Date): Promise<void> =>
    database.transaction(noSchool, async (tx) => {
      const dayBefore = new Date(at.getTime() - 86_400_000)
      await tx.query('delete from session where expires_at < $1 or used_at < $2', [dayBefore, idleSince])
      await tx.query('delete from attempt where until < $1', [at])
      await tx.query('delete from one_time_link where expires_at < $1', [at])
      await tx.query('delete from telegram_request where expires_at < $1', [at])
    }),
})

/** The person behind the caller's membership, as a part of a statement whose $1 is the caller's userId. */
const person = '(select person_id from membership where id = $1)'

export const membershipsOf = (tx: Transaction, personId: string) =>
  tx.query<PersonMembership>(
    'select user_id as "userId", school_id as "schoolId", school, role, name, language, active from memberships_of($1) order by user_id',
    [personId],
  )

/** Inserts a session. The bot has one active session for each membership, which is used again instead; returns the session that there is now. */
export async function insertSession(tx: Transaction, s: Session): Promise<Session> {
  const [stored] = await tx.query<Session>(
    `insert into session (id, person_id, user_id, seed, generation, agent, address, started_at, used_at, expires_at, telegram)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (user_id) where telegram and revoked_at is null do update set used_at = excluded.used_at, expires_at = excluded.expires_at
     returning ${columns}`,
    [s.id, s.personId, s.userId, s.seed, s.generation, s.agent, s.address, s.startedAt, s.usedAt, s.expiresAt, s.telegram],
  )
  return stored ?? s
}

const saveSession = (tx: Transaction, s: Session) =>
  tx.query(
    `update session set generation = $2, agent = $3, address = $4, used_at = $5, expires_at = $6, revoked_at = $7, revoked_because = $8, parent = $9
     where id = $1`,
    [s.id, s.generation, s.agent, s.address, s.usedAt, s.expiresAt, s.revokedAt, s.revokedBecause, s.parent],
  )

/** Publishes a sign-in by a browser and from a network that no stored session of the person has together: the name of a browser can be copied. */
export async function publishIfNewOrigin(tx: Transaction, { id, personId, userId, agent, address }: Session): Promise<void> {
  const earlier = await tx.query<{ address: string }>('select distinct address from session where person_id = $1 and agent = $2', [
    personId,
    agent,
  ])
  const network = networksOf(address).narrow
  if (!earlier.some((one) => networksOf(one.address).narrow === network))
    tx.publish({ name: 'session.opened', body: { userId, sessionId: id, agent, address } })
}

type Revocation = { at: Date; because: string; userId?: string; personId?: string; except?: string; telegramOf?: string }
/** Ends the active sessions of a membership, a person, or a person's bot; returns their ids, so that others can be signalled. */
export async function revokeSessions(
  tx: Transaction,
  { at, because, userId, personId, except, telegramOf }: Revocation,
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `update session set revoked_at = $1, revoked_because = $2
     where revoked_at is null and (user_id = $3 or person_id = $4 or (person_id = $6 and telegram)) and ($5::uuid is null or id <> $5) returning id`,
    [at, because, userId ?? null, personId ?? null, except ?? null, telegramOf ?? null],
  )
  return rows.map(({ id }) => id)
}
