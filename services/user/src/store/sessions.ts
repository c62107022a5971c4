import type { Membership } from '@repitbot/contracts/auth'
import type { Caller, Origin } from '@repitbot/contracts/endpoint'
import type { Language } from '@repitbot/contracts/people'
import type { Database, Transaction } from '@repitbot/kit/database'
import type { Session } from '../rules/session.ts'

export type Known = Membership & { active: boolean; language: Language }
type Rotated = { kind: 'rotate' | 'repeat' | 'replay' | 'over'; session?: Session; member?: Known }

const columns = `id, person_id as "personId", user_id as "userId", seed, generation, agent, address,
  started_at as "startedAt", used_at as "usedAt", expires_at as "expiresAt", revoked_at as "revokedAt", telegram`
const nobody = { schoolId: [] }

export const sessionsStore = (database: Database) => ({
  /**
   * Locks the session of a refresh token and does what `decide` says: a replay ends it in this very transaction. A closed membership is `over`,
   * and its role is read anew each time.
   */
  rotateSession: (sessionId: string, decide: (session: Session) => Rotated['kind'], now: { at: Date; origin: Origin }): Promise<Rotated> =>
    database.transaction(nobody, async (tx) => {
      const [session] = await tx.query<Session>(`select ${columns} from session where id = $1 for update`, [sessionId])
      if (!session) return { kind: 'over' }
      const kind = decide(session)
      const member = (await membershipsOf(tx, session.personId)).find(({ userId, active }) => active && userId === session.userId)
      if (kind === 'replay') await revoke(tx, { sessionId, at: now.at, because: 'replay' })
      if (kind === 'over' || kind === 'replay' || !member) return { kind: kind === 'replay' ? kind : 'over' }
      if (kind === 'repeat') return { kind, session, member }
      await tx.query('update session set generation = generation + 1, used_at = $2, agent = $3, address = $4 where id = $1', [
        sessionId,
        now.at,
        now.origin.agent,
        now.origin.address,
      ])
      return { kind, session: { ...session, generation: session.generation + 1 }, member }
    }),

  listSessions: (caller: Caller): Promise<Session[]> =>
    database.transaction(caller, (tx) =>
      tx.query<Session>(
        `select ${columns} from session where person_id = ${person} and revoked_at is null order by used_at desc limit 100`,
        [caller.userId],
      ),
    ),

  /** The caller's own session as it stands, and where else he may go. */
  findSession: (caller: Caller): Promise<{ session: Session | undefined; memberships: Known[] }> =>
    database.transaction(caller, async (tx) => {
      const [session] = await tx.query<Session>(`select ${columns} from session where id = $1 and user_id = $2`, [
        caller.sessionId,
        caller.userId,
      ])
      return { session, memberships: session ? await membershipsOf(tx, session.personId) : [] }
    }),

  listMemberships: (personId: string): Promise<Known[]> => database.transaction(nobody, (tx) => membershipsOf(tx, personId)),

  /** Ends one session of the caller's person, or all of them; answers which. */
  endSessions: (caller: Caller, at: Date, sessionId?: string): Promise<string[]> =>
    database.transaction(caller, async (tx) => {
      const rows = await tx.query<{ id: string }>(
        `update session set revoked_at = $2, revoked_because = 'signed_out'
         where person_id = ${person} and ($3::uuid is null or id = $3) and revoked_at is null returning id`,
        [caller.userId, at, sessionId ?? null],
      )
      return rows.map(({ id }) => id)
    }),

  /** Puts a new session in the place of the caller's present one, within one transaction; nothing when that one has ended meanwhile. */
  replaceSession: (caller: Caller, session: Session, at: Date): Promise<Known | undefined> =>
    database.transaction(caller, async (tx) => {
      const [ended] = await revoke(tx, { sessionId: caller.sessionId, at, because: 'switched' })
      const member = (await membershipsOf(tx, session.personId)).find(({ userId, active }) => active && userId === session.userId)
      if (!ended || !member) return undefined
      await insertSession(tx, session)
      return member
    }),

  listRevoked: (since: Date): Promise<string[]> =>
    database.transaction(nobody, async (tx) => {
      const rows = await tx.query<{ id: string }>('select id from session where revoked_at > $1', [since], 'revoked')
      return rows.map(({ id }) => id)
    }),

  /** Forgets what is over: sessions, counters, links and letters. */
  sweep: (at: Date, idleSince: Date): Promise<void> =>
    database.transaction(nobody, async (tx) => {
      const dayBefore = new Date(at.getTime() - 86_400_000)
      await tx.query('delete from session where revoked_at < $1 or expires_at < $1 or used_at < $2', [dayBefore, idleSince])
      await tx.query('delete from attempt where until < $1', [at])
      await tx.query('delete from one_time_link where expires_at < $1', [at])
      await tx.query('delete from telegram_request where expires_at < $1', [at])
    }),
})

/** The person behind the caller's membership, as a part of a statement whose $1 is the caller's userId. */
const person = '(select person_id from membership where id = $1)'

export const membershipsOf = (tx: Transaction, personId: string) =>
  tx.query<Known>(
    'select user_id as "userId", school_id as "schoolId", school, role, name, language, active from memberships_of($1) order by user_id',
    [personId],
  )

/** Keeps a new session. The bot has one for each membership, so there it answers the one that stands, used anew. */
export async function insertSession(tx: Transaction, s: Session): Promise<Session> {
  const [kept] = await tx.query<Session>(
    `insert into session (id, person_id, user_id, seed, generation, agent, address, started_at, used_at, expires_at, telegram)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (user_id) where telegram and revoked_at is null do update set used_at = excluded.used_at, expires_at = excluded.expires_at
     returning ${columns}`,
    [s.id, s.personId, s.userId, s.seed, s.generation, s.agent, s.address, s.startedAt, s.usedAt, s.expiresAt, s.telegram],
  )
  return kept ?? s
}

/** Says a sign-in by a program that the person has not signed in with, as far as his sessions are remembered. */
export async function tellWhereNew(tx: Transaction, { id, personId, userId, agent, address }: Session): Promise<void> {
  const known = await tx.query('select from session where person_id = $1 and agent = $2 limit 1', [personId, agent])
  if (!known.length) tx.publish({ name: 'session.opened', body: { userId, sessionId: id, agent, address } })
}

type Ending = { at: Date; because: string; userId?: string; sessionId?: string; personId?: string; except?: string; telegramOf?: string }
/** Ends the standing sessions of a membership, a person or one id; answers which, so that others can be told at once. */
export async function revoke(tx: Transaction, { at, because, userId, sessionId, personId, except, telegramOf }: Ending): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `update session set revoked_at = $1, revoked_because = $2
     where revoked_at is null and (user_id = $3 or id = $4 or person_id = $5 or (person_id = $7 and telegram)) and ($6::uuid is null or id <> $6) returning id`,
    [at, because, userId ?? null, sessionId ?? null, personId ?? null, except ?? null, telegramOf ?? null],
  )
  return rows.map(({ id }) => id)
}
