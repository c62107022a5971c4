import type { TelegramConfirmation } from '@repitbot/contracts/auth'
import type { Caller } from '@repitbot/contracts/endpoint'
import { type Database, schoolsOf, type Transaction } from '@repitbot/kit/database'
import { Failure } from '@repitbot/kit/failure'
import type { Member, Person } from '../rules/person.ts'
import { updated } from '../rules/person.ts'
import type { Session } from '../rules/session.ts'
import type { Answered, TelegramRequest } from '../rules/telegram.ts'
import { lockMember, membersOfPerson } from './members.ts'
import { holdTelegram } from './persons.ts'
import { taken } from './refusals.ts'
import { insertSession, type Known, membershipsOf, revoke, tellWhereNew } from './sessions.ts'

const nobody = { schoolId: [] }
const columns = `id, kind, state, person_id as "personId", user_id as "userId", telegram_id as "telegramId", agent, address, expires_at as "expiresAt"`
type Hashes = { tokenHash: Buffer; secretHash: Buffer | null }
type Decide = (request: TelegramRequest, holderId: string | undefined, memberships: Known[]) => Answered

export const telegramStore = (database: Database) => ({
  /** The person of a Telegram id with his memberships, and the one that he used last, in the chat before elsewhere. */
  findByTelegram: (telegramId: string) =>
    database.transaction(nobody, async (tx) => {
      const [person] = await tx.query<Person>(
        'select id, email, telegram_id as "telegramId", password_hash as "passwordHash" from person where telegram_id = $1',
        [telegramId],
      )
      return person && { person, ...(await enterable(tx, person.id)) }
    }),

  /** Opens a session of whom Telegram speaks for, or the bot's that stands; neither a release nor a closing in between is overtaken. */
  openByTelegram: (session: Session, { telegramId, schoolId }: { telegramId: string; schoolId: string }) =>
    database.transaction({ schoolId }, (tx) => opened(tx, session, telegramId)),

  insertTelegramRequest: (request: TelegramRequest, { tokenHash, secretHash }: Hashes): Promise<void> =>
    database.transaction(nobody, async (tx) => {
      await tx.query(
        `insert into telegram_request (id, kind, state, token_hash, secret_hash, person_id, user_id, agent, address, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          ...[request.id, request.kind, request.state, tokenHash, secretHash, request.personId, request.userId],
          ...[request.agent, request.address, request.expiresAt],
        ],
      )
    }),

  /** Locks what was asked (else `link_not_valid`) and does what `decide` says; a confirmed link binds in the same transaction. */
  answerTelegram: async (
    { tokenHash, kind, telegramId }: { tokenHash: Buffer } & Pick<TelegramConfirmation, 'kind' | 'telegramId'>,
    decide: Decide,
    at: Date,
  ): Promise<{ request: TelegramRequest; answered: Answered; ended: string[] }> => {
    const find = (tx: Transaction, lock: 'for update' | '') =>
      tx.query<TelegramRequest>(`select ${columns} from telegram_request where token_hash = $1 and kind = $2 and expires_at > $3 ${lock}`, [
        tokenHash,
        kind,
        at,
      ])
    const schoolId = await database.transaction(nobody, async (tx) => {
      const [asked] = await find(tx, '')
      return asked?.personId ? schoolsOf(await membershipsOf(tx, asked.personId)).schoolId : []
    })
    return database.transaction({ schoolId }, async (tx) => {
      const [request] = await find(tx, 'for update')
      if (!request) throw new Failure('link_not_valid')
      const [holder] = await tx.query<{ id: string }>('select id from person where telegram_id = $1', [telegramId])
      const about = kind === 'login' ? holder?.id : request.personId
      const answered = decide(request, holder?.id, about ? await membershipsOf(tx, about) : [])
      if (answered.state === request.state) return { request, answered, ended: [] }
      await tx.query('update telegram_request set state = $2, telegram_id = $3, person_id = $4 where id = $1', [
        request.id,
        answered.state,
        telegramId,
        answered.personId,
      ])
      const isBound = kind === 'link' && answered.state === 'confirmed'
      const asker = about && (await membershipsOf(tx, about)).find(({ userId }) => userId === request.userId)
      if (isBound && asker)
        tx.publish({ name: 'telegram.linked', schoolId: asker.schoolId, body: { userId: asker.userId, requestId: request.id } })
      return { request, answered, ended: isBound ? await bind(tx, { personId: answered.personId, telegramId, at }) : [] }
    })
  },

  /** What a page asked, by the secret it came back with, and where the one who confirmed may go. */
  findTelegramLogin: (secretHash: Buffer, at: Date) =>
    database.transaction(nobody, async (tx) => {
      const [request] = await tx.query<TelegramRequest>(
        `select ${columns} from telegram_request where secret_hash = $1 and expires_at > $2`,
        [secretHash, at],
      )
      return request && { request, ...(await enterable(tx, request.personId)) }
    }),

  /** Spends what was confirmed and opens the session; the second of two at once is `link_not_valid`. */
  finishTelegramLogin: ({ id, telegramId }: TelegramRequest, session: Session, schoolId: string): Promise<void> =>
    database.transaction({ schoolId }, async (tx) => {
      const spent = await tx.query(`delete from telegram_request where id = $1 and state = 'confirmed' returning id`, [id])
      if (!spent.length) throw new Failure('link_not_valid')
      await tellWhereNew(tx, session)
      await opened(tx, session, telegramId ?? '')
    }),

  /** Releases the Telegram id of the caller's person; nothing happens when there is none. Answers the sessions that ended. */
  unlinkTelegram: async (caller: Caller, at: Date): Promise<string[]> => {
    const found = await database.transaction(caller, async (tx) => {
      const [row] = await tx.query<{ personId: string }>('select person_id as "personId" from membership where id = $1', [caller.userId])
      if (!row) throw new Failure('not_found')
      return { ...row, ...schoolsOf(await membershipsOf(tx, row.personId)) }
    })
    return database.transaction({ schoolId: found.schoolId }, async (tx) => {
      const [person] = await tx.query<Person>('select email, telegram_id as "telegramId" from person where id = $1 for update', [
        found.personId,
      ])
      if (!person?.telegramId) return []
      if (person.email === null) throw new Failure('no_other_sign_in')
      return bind(tx, { personId: found.personId, telegramId: null, at })
    })
  },
})

async function enterable(tx: Transaction, personId: string | null) {
  if (!personId) return { memberships: [], lastUserId: undefined }
  const [last] = await tx.query<{ userId: string }>(
    'select user_id as "userId" from session where person_id = $1 order by telegram desc, used_at desc limit 1',
    [personId],
  )
  return { memberships: (await membershipsOf(tx, personId)).filter(({ active }) => active), lastUserId: last?.userId }
}

async function opened(tx: Transaction, session: Session, telegramId: string): Promise<{ session: Session; member: Member }> {
  await holdTelegram(tx, session.personId, telegramId)
  const member = await lockMember(tx, session.userId)
  if (!member?.active || member.personId !== session.personId) throw new Failure('membership_closed')
  return { session: await insertSession(tx, session), member }
}

/** Sets a person's Telegram id, says his card in every school, and ends what the bot did in his name until now. */
async function bind(tx: Transaction, { personId, telegramId, at }: { personId: string; telegramId: string | null; at: Date }) {
  await tx.query('update person set telegram_id = $2 where id = $1', [personId, telegramId]).catch(taken)
  await tx.query('update membership set version = version + 1 where person_id = $1', [personId])
  tx.publish(...(await membersOfPerson(tx, personId)).map(updated))
  return revoke(tx, { telegramOf: personId, at, because: 'telegram_changed' })
}
