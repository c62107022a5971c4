import { randomUUIDv7 } from 'node:crypto'
import type { Acceptance, Entered, TelegramAcceptance, TelegramJoined } from '@repitbot/contracts/auth'
import type { Origin } from '@repitbot/contracts/endpoint'
import type { Language } from '@repitbot/contracts/people'
import { Failure } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { countersOf } from '../rules/attempts.ts'
import { type Accepting, type Invited, isKnown, unfilled } from '../rules/invitation.ts'
import { asTyped } from '../rules/pairing-code.ts'
import { type Member, newMember } from '../rules/person.ts'
import { hashOf } from '../rules/secrets.ts'
import { chat, telegramEntered } from './enter-by-telegram.ts'
import { hashPassword, isPassword } from './hash-password.ts'
import { newSession, tellEnded, tokensOf } from './open-session.ts'
import { tryWithLimits } from './try-with-limits.ts'

/** Spends an invitation and signs in. With the e-mail of an account that is there, its password joins it: one human being stays one person. */
export async function acceptInvitation(deps: Deps, asked: Acceptance, origin: Origin): Promise<Entered> {
  // An e-mail makes it a guess at that account's password too.
  const account = asked.email === undefined ? [] : countersOf('sign-in', asked.email, origin.address)
  const counters = [...account, ...countersOf('accept', undefined, origin.address)]
  return tryWithLimits(deps, counters, async () => {
    const invited = await findInvited(deps, asked)
    const accepting = await whoAccepts(deps, asked)
    const { session, member, memberships } = await accepted(deps, { invited, accepting, given: asked, origin })
    return { ...(await tokensOf(deps, session, member)), userId: member.id, memberships }
  })
}

/** The same in the chat, where the Telegram account is the account: somebody known by it joins as the person he is. */
export async function acceptByTelegram(deps: Deps, asked: TelegramAcceptance): Promise<TelegramJoined> {
  return tryWithLimits(deps, countersOf('accept', undefined, `telegram ${asked.telegramId}`), async () => {
    const invited = await findInvited(deps, asked)
    const found = await deps.store.findByTelegram(asked.telegramId)
    const person = found?.person ?? { ...nobody(), telegramId: asked.telegramId }
    const accepting: Accepting = { kind: found ? 'telegram' : 'new', person }
    const joined = await accepted(deps, { invited, accepting, given: asked, origin: chat })
    const school = joined.memberships.find(({ userId }) => userId === joined.member.id)?.school ?? ''
    return { ...(await telegramEntered(deps, joined, joined.memberships)), invitedBy: joined.invitedBy, school }
  })
}

async function findInvited({ store, secrets, now }: Deps, asked: Acceptance | TelegramAcceptance): Promise<Invited> {
  const { token, code } = asked
  const hash = token === undefined ? hashOf(secrets, 'code', asTyped(code ?? '')) : hashOf(secrets, 'token', token)
  const invited = await store.findInvitation(hash, now())
  if (!invited) throw new Failure('link_not_valid')
  const wrong = unfilled(invited, asked)
  if (wrong) throw new Failure('invalid_input', { errors: [wrong] })
  return invited
}

type Given = { name?: string | undefined; language?: Language | undefined }
type Spending = { invited: Invited; accepting: Accepting; given: Given; origin: Origin }
async function accepted(deps: Deps, { invited, accepting, given, origin }: Spending) {
  const decide = (_: Invited, school: Parameters<typeof newMember>[0]['school'], before: Member | undefined) => {
    const member = memberOf(accepting, { invited, school, before, given })
    const session = newSession(deps, { personId: member.personId, userId: member.id, telegram: origin === chat }, origin)
    return { member, session }
  }
  const { ended, ...joined } = await deps.store.acceptInvitation(invited, accepting, decide, deps.now())
  tellEnded(deps, ended)
  const memberships = (await deps.store.listMemberships(joined.member.personId)).filter(({ active }) => active)
  return { ...joined, memberships }
}

const nobody = () => ({ id: randomUUIDv7(), email: null, telegramId: null, passwordHash: null })

async function whoAccepts({ store }: Deps, { email, password }: Acceptance): Promise<Accepting> {
  if (email === undefined || password === undefined) return { kind: 'child', person: nobody() }
  const found = await store.findAccount(email)
  if (!found) return { kind: 'new', person: { ...nobody(), email, passwordHash: await hashPassword(password) } }
  if (!(await isPassword(found.account.passwordHash, password))) throw new Failure('wrong_credentials')
  return { kind: 'account', person: found.account }
}

type Taking = { invited: Invited; school: Parameters<typeof newMember>[0]['school']; before: Member | undefined; given: Given }
/** The membership as it is after the acceptance: the one that waited, or a new one under the name given. */
function memberOf(accepting: Accepting, { invited, school, before, given: { name, language } }: Taking): Member {
  const { person } = accepting
  const reached = { email: person.email, telegramId: person.telegramId }
  if (!before) {
    const profile = { name: name ?? '', language }
    return { ...newMember({ id: randomUUIDv7(), personId: person.id, school, role: invited.role, profile }), ...reached }
  }
  const personId = isKnown(accepting) ? person.id : before.personId
  return {
    ...{ ...before, ...reached, personId },
    ...{ name: name ?? before.name, language: language ?? before.language, version: before.version + 1 },
  }
}
