import { randomUUIDv7 } from 'node:crypto'
import type { Acceptance, Entered } from '@repitbot/contracts/auth'
import type { Origin } from '@repitbot/contracts/endpoint'
import { Failure } from '@repitbot/kit/failure'
import type { Inside } from '../inside.ts'
import { countersOf } from '../rules/attempts.ts'
import { type Accepting, type Invited, unfilled } from '../rules/invitation.ts'
import { asTyped } from '../rules/pairing-code.ts'
import { type Member, newMember } from '../rules/person.ts'
import { hashOf } from '../rules/secrets.ts'
import type { Session } from '../rules/session.ts'
import { hashPassword, isPassword } from './hash-password.ts'
import { newSession, tellEnded, tokensOf } from './open-session.ts'
import { tryWithLimits } from './try-with-limits.ts'

/** Spends an invitation and signs in. With the e-mail of an account that is there, its password joins it: one human being stays one person. */
export async function acceptInvitation(inside: Inside, asked: Acceptance, origin: Origin): Promise<Entered> {
  // An e-mail makes it a guess at that account's password too.
  const account = asked.email === undefined ? [] : countersOf('sign-in', asked.email, origin.address)
  const counters = [...account, ...countersOf('accept', undefined, origin.address)]
  return tryWithLimits(inside, counters, async () => {
    const invited = await inside.store.findInvitation(spoken(inside, asked), inside.now())
    if (!invited) throw new Failure('link_not_valid')
    const wrong = unfilled(invited, asked)
    if (wrong) throw new Failure('invalid_input', { errors: [wrong] })
    return accepted(inside, invited, { asked, origin })
  })
}

const spoken = ({ secrets }: Inside, { token, code }: Acceptance) =>
  token === undefined ? hashOf(secrets, 'code', asTyped(code ?? '')) : hashOf(secrets, 'token', token)

async function accepted(inside: Inside, invited: Invited, { asked, origin }: { asked: Acceptance; origin: Origin }): Promise<Entered> {
  const accepting = await whoAccepts(inside, asked)
  let session: Session | undefined
  const decide = (_: Invited, school: Parameters<typeof newMember>[0]['school'], before: Member | undefined) => {
    const member = memberOf(accepting, { invited, school, before, name: asked.name })
    session = newSession(inside, { personId: member.personId, userId: member.id }, origin)
    return { member, session }
  }
  const { member, ended } = await inside.store.acceptInvitation(invited, accepting, decide, inside.now())
  tellEnded(inside, ended)
  if (!session) throw new Error('An accepted invitation left no session')
  const memberships = (await inside.store.listMemberships(member.personId)).filter(({ active }) => active)
  return { ...(await tokensOf(inside, session, member)), userId: member.id, memberships }
}

async function whoAccepts({ store }: Inside, { email, password }: Acceptance): Promise<Accepting> {
  const nobody = { id: randomUUIDv7(), email: null, telegramId: null, passwordHash: null }
  if (email === undefined || password === undefined) return { kind: 'child', person: nobody }
  const found = await store.findAccount(email)
  if (!found) return { kind: 'new', person: { ...nobody, email, passwordHash: await hashPassword(password) } }
  if (!(await isPassword(found.account.passwordHash, password))) throw new Failure('wrong_credentials')
  return { kind: 'account', person: found.account }
}

type Taking = { invited: Invited; school: Parameters<typeof newMember>[0]['school']; before: Member | undefined; name: string | undefined }
/** The membership as it is after the acceptance: the one that waited, or a new one under the name given. */
function memberOf({ kind, person }: Accepting, { invited, school, before, name }: Taking): Member {
  const reached = { email: person.email, telegramId: person.telegramId }
  if (!before)
    return {
      ...newMember({ id: randomUUIDv7(), personId: person.id, school, role: invited.role, profile: { name: name ?? '' } }),
      ...reached,
    }
  const personId = kind === 'account' ? person.id : before.personId
  return { ...before, ...reached, personId, name: name ?? before.name, version: before.version + 1 }
}
