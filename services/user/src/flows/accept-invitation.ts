import { randomUUIDv7 } from 'node:crypto'
import type { Acceptance, InvitationProof, TelegramAcceptance } from '@repitbot/contracts/acceptance'
import type { Entered, TelegramJoined } from '@repitbot/contracts/auth'
import type { Origin } from '@repitbot/contracts/endpoint'
import type { Language } from '@repitbot/contracts/person-card'
import { Failure, orThrow } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { acceptInvitation as decide } from '../rules/accept-invitation.ts'
import { type Accepting, missingField, type StoredInvitation } from '../rules/invitation.ts'
import { normalizeCode } from '../rules/pairing-code.ts'
import { accountsMax } from '../rules/person.ts'
import { hashOf } from '../rules/secrets.ts'
import { chat, toTelegramReply } from './enter-by-telegram.ts'
import { findAccount } from './find-account.ts'
import { hashPassword } from './hash-password.ts'
import { newSession, signalEnded, tokensOf } from './open-session.ts'
import { attemptFrom, attemptInChat, tryWithLimits } from './try-with-limits.ts'

/** Accepts an invitation and signs in. With the e-mail of an existing account, its password joins that account, so that a person has one. */
export async function acceptInvitation(deps: Deps, request: Acceptance, origin: Origin): Promise<Entered> {
  // With an e-mail it is also a guess at that account's password.
  const account = request.email === undefined ? [] : [attemptFrom(origin, 'sign-in', { account: request.email })]
  const attempts = [...account, attemptFrom(origin, 'accept', { isCode: request.code !== undefined })]
  return tryWithLimits(deps, attempts, async () => {
    const invitation = await findFor(deps, request)
    const accepting = await findAccepting(deps, request)
    const { session, member, memberships } = await accept(deps, { invitation, accepting, profile: request, origin })
    return { ...(await tokensOf(deps, session, member)), userId: member.id, memberships }
  })
}

/** The same in the chat, where the Telegram account is the account: a person who has it already joins as that person. */
export async function acceptByTelegram(deps: Deps, request: TelegramAcceptance): Promise<TelegramJoined> {
  return tryWithLimits(deps, [attemptInChat(request.telegramId, request.code !== undefined)], async () => {
    const invitation = await findFor(deps, request)
    const found = await deps.store.findByTelegram(request.telegramId)
    const person = found?.person ?? { ...newPerson(), telegramId: request.telegramId }
    const accepting: Accepting = { kind: found ? 'telegram' : 'new', person }
    const joined = await accept(deps, { invitation, accepting, profile: request, origin: chat })
    const school = joined.memberships.find(({ userId }) => userId === joined.member.id)?.school ?? ''
    return { ...(await toTelegramReply(deps, joined, joined.memberships)), invitedBy: joined.invitedBy, school }
  })
}

export async function findInvitation({ store, secrets, now }: Deps, { token, code }: InvitationProof): Promise<StoredInvitation> {
  const hash = token === undefined ? hashOf(secrets, 'code', normalizeCode(code ?? '')) : hashOf(secrets, 'token', token)
  const invitation = await store.findInvitation(hash, now())
  if (!invitation) throw new Failure('link_not_valid')
  return invitation
}

async function findFor(deps: Deps, request: Acceptance | TelegramAcceptance): Promise<StoredInvitation> {
  const invitation = await findInvitation(deps, request)
  const missing = missingField(invitation, request)
  if (missing) throw new Failure('invalid_input', { errors: [missing] })
  return invitation
}

type Profile = { name?: string | undefined; language?: Language | undefined; zone?: string | undefined }
type Acceptee = { invitation: StoredInvitation; accepting: Accepting; profile: Profile; origin: Origin }
async function accept(deps: Deps, { invitation, accepting, profile: { name, language, zone }, origin }: Acceptee) {
  const at = deps.now()
  const start = (of: { personId: string; userId: string }) => newSession(deps, { ...of, telegram: origin === chat }, origin)
  const acceptance = { accepting, newUserId: randomUUIDv7(), name, language, zone, at, start }
  const { ended, ...joined } = await deps.store.acceptInvitation(invitation, (state) => orThrow(decide(state, acceptance)), at)
  signalEnded(deps, ended)
  const memberships = (await deps.store.listMemberships(joined.member.personId)).filter(({ active }) => active)
  return { ...joined, memberships }
}

const newPerson = () => ({ id: randomUUIDv7(), email: null, emailConfirmedAt: null, telegramId: null, passwordHash: null })

/**
 * An address that somebody has confirmed joins only with its password. One that nobody has confirmed keeps nobody out: whoever comes has an
 * account of their own, and the address belongs to the one who proves it.
 */
async function findAccepting(deps: Deps, { email, password, name = '' }: Acceptance): Promise<Accepting> {
  if (email === undefined || password === undefined) return { kind: 'child', person: newPerson() }
  const { account, others } = await findAccount(deps, email, password)
  if (account) return { kind: 'account', person: account }
  const mayShare = deps.confirmsEmail && others.length < accountsMax && others.every(({ emailConfirmedAt }) => !emailConfirmedAt)
  if (others.length && !mayShare) throw new Failure('wrong_credentials')
  const emailConfirmedAt = deps.confirmsEmail ? null : deps.now()
  const passwordHash = await hashPassword(password, { own: [email, name], field: 'password' })
  return { kind: 'new', person: { ...newPerson(), email, emailConfirmedAt, passwordHash } }
}
