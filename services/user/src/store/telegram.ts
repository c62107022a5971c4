import type { Caller } from '@repitbot/contracts/endpoint'
import { type Database, schoolsOf, type Transaction } from '@repitbot/kit/database'
import { Failure } from '@repitbot/kit/failure'
import { type Member, type Person, userUpdated } from '../rules/person.ts'
import type { Session } from '../rules/session.ts'
import { type AnswerOutcome, type ChatAnswer, personOf, type TelegramRequest } from '../rules/telegram.ts'
import { lockMember, membersOfPerson } from './members.ts'
import { dropPasswordLinks } from './one-time-links.ts'
import { lockByTelegram, personColumns } from './persons.ts'
import { refuseTaken } from './refuse-taken.ts'
import { insertSession, membershipsOf, publishIfNewOrigin, revokeSessions } from './sessions.ts'

/** Requests belong to nobody until they are answered. */
const noSchool = { schoolId: [] }
const columns = `id, kind, state, person_id as "personId", user_id as "userId", telegram_id as "telegramId", agent, address, choices, expires_at as "expiresAt"`
type Hashes = { tokenHash: Buffer; secretHash: Buffer | null }
type Asked = Pick<TelegramRequest, 'kind'> & { tokenHash: Buffer; telegramId: string }
type Decide = (request: TelegramRequest, state: Pick<ChatAnswer, 'holderId' | 'linkedId' | 'memberships'>) => AnswerOutcome

export const telegramStore = (database: Database) => ({
  /** The person of a Telegram id with their active memberships, and the one used last, in the chat before elsewhere. */
  findByTelegram: (telegramId: string) =>
    database.transaction(noSchool, async (tx) => {
      const [person] = await tx.query<Person>(`select ${personColumns} from person where telegram_id = $1`, [telegramId])
      return person && { person, ...(await enterableMemberships(tx, person.id)) }
    }),

  /** Opens the bot's session of a person, or uses the active one again; refused when Telegram id or membership changed meanwhile. */
  openByTelegram: (session: Session, { telegramId, schoolId }: { telegramId: string; schoolId: string }) =>
    database.transaction({ schoolId }, (tx) => openSession(tx, session, telegramId)),

  insertTelegramRequest: (request: TelegramRequest, { tokenHash, secretHash }: Hashes): Promise<void> =>
    database.transaction(noSchool, async (tx) => {
      const { id, kind, state, personId, userId, agent, address, choices, expiresAt } = request
      await tx.query(
        `insert into telegram_request (id, kind, state, token_hash, secret_hash, person_id, user_id, agent, address, choices, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
        [id, kind, state, tokenHash, secretHash, personId, userId, agent, address, choices, expiresAt],
      )
    }),

  /**
   * Locks a request (else `link_not_valid`), hands it with the person who has the Telegram id to `decide`, saves the outcome, and sets the
   * Telegram id that it links. Returns the sessions that ended by that.
   */
  changeTelegramRequest: async (asked: Asked, decide: Decide, at: Date): Promise<{ outcome: AnswerOutcome; ended: string[] }> => {
    const find = (tx: Transaction, lock: 'for update' | '') =>
      tx.query<TelegramRequest>(`select ${columns} from telegram_request where token_hash = $1 and kind = $2 and expires_at > $3 ${lock}`, [
        asked.tokenHash,
        asked.kind,
        at,
      ])
    const schoolId = await database.transaction(noSchool, async (tx) => {
      const [request] = await find(tx, '')
      return request?.personId ? schoolsOf(await membershipsOf(tx, request.personId)).schoolId : []
    })
    return database.transaction({ schoolId }, async (tx) => {
      const [request] = await find(tx, 'for update')
      if (!request) throw new Failure('link_not_valid')
      const [holder] = await tx.query<{ id: string }>('select id from person where telegram_id = $1', [asked.telegramId])
      const personId = personOf(request, holder?.id)
      const [person] = await tx.query<{ linkedId: string | null }>(
        'select telegram_id as "linkedId" from person where id = $1 for update',
        [personId ?? null],
      )
      const memberships = personId ? await membershipsOf(tx, personId) : []
      const outcome = decide(request, { holderId: holder?.id, linkedId: person?.linkedId ?? null, memberships })
      if (outcome.request !== request) await saveRequest(tx, outcome.request)
      tx.publish(...outcome.events)
      return { outcome, ended: outcome.links ? await setTelegram(tx, { ...outcome.links, at }) : [] }
    })
  },

  /** A page's login request by the page's secret, with the active memberships of the person who confirmed it. */
  findTelegramLogin: (secretHash: Buffer, at: Date) =>
    database.transaction(noSchool, async (tx) => {
      const [request] = await tx.query<TelegramRequest>(
        `select ${columns} from telegram_request where secret_hash = $1 and expires_at > $2`,
        [secretHash, at],
      )
      return request && { request, ...(await enterableMemberships(tx, request.personId)) }
    }),

  /** Deletes a confirmed request and opens the session; the second of two at once is `link_not_valid`. */
  finishTelegramLogin: ({ id, telegramId }: TelegramRequest, session: Session, schoolId: string): Promise<void> =>
    database.transaction({ schoolId }, async (tx) => {
      const deleted = await tx.query(`delete from telegram_request where id = $1 and state = 'confirmed' returning id`, [id])
      if (!deleted.length) throw new Failure('link_not_valid')
      await publishIfNewOrigin(tx, session)
      await openSession(tx, session, telegramId ?? '')
    }),

  /** Locks the caller's person and sets the Telegram id that `decide` leaves; `endsSessions` ends all of the person too. Returns those that ended. */
  changeTelegram: async (
    caller: Caller,
    decide: (person: Person) => Person,
    { at, endsSessions = false }: { at: Date; endsSessions?: boolean },
  ): Promise<string[]> => {
    const { personId, schoolId } = await database.transaction(caller, async (tx) => {
      const [row] = await tx.query<{ personId: string }>('select person_id as "personId" from membership where id = $1', [caller.userId])
      if (!row) throw new Failure('not_found')
      return { ...row, ...schoolsOf(await membershipsOf(tx, row.personId)) }
    })
    return database.transaction({ schoolId }, async (tx) => {
      const [person] = await tx.query<Person>(`select ${personColumns} from person where id = $1 for update`, [personId])
      if (!person) return []
      const { telegramId } = decide(person)
      const ended = telegramId === person.telegramId ? [] : await setTelegram(tx, { personId, telegramId, at })
      return endsSessions ? [...ended, ...(await revokeSessions(tx, { personId, at, because: 'signed_out' }))] : ended
    })
  },
})

async function enterableMemberships(tx: Transaction, personId: string | null) {
  if (!personId) return { memberships: [], lastUserId: undefined }
  const [last] = await tx.query<{ userId: string }>(
    'select user_id as "userId" from session where person_id = $1 order by telegram desc, used_at desc limit 1',
    [personId],
  )
  return { memberships: (await membershipsOf(tx, personId)).filter(({ active }) => active), lastUserId: last?.userId }
}

async function openSession(tx: Transaction, session: Session, telegramId: string): Promise<{ session: Session; member: Member }> {
  await lockByTelegram(tx, session.personId, telegramId)
  const member = await lockMember(tx, session.userId)
  if (!member?.active || member.personId !== session.personId) throw new Failure('membership_closed')
  return { session: await insertSession(tx, session), member }
}

const saveRequest = (tx: Transaction, { id, state, telegramId, personId }: TelegramRequest) =>
  tx.query('update telegram_request set state = $2, telegram_id = $3, person_id = $4 where id = $1', [id, state, telegramId, personId])

/** Sets a person's Telegram id, publishes their card in every school, and ends the bot's sessions that acted for them until now. */
async function setTelegram(tx: Transaction, { personId, telegramId, at }: { personId: string; telegramId: string | null; at: Date }) {
  await tx.query('update person set telegram_id = $2 where id = $1', [personId, telegramId]).catch(refuseTaken)
  await dropPasswordLinks(tx, personId)
  await tx.query('update membership set version = version + 1 where person_id = $1', [personId])
  tx.publish(...(await membersOfPerson(tx, personId)).map(userUpdated))
  return revokeSessions(tx, { telegramOf: personId, at, because: 'telegram_changed' })
}
