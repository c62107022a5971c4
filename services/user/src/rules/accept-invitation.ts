import type { FailureCode } from '@repitbot/contracts/failures'
import type { Language } from '@repitbot/contracts/person-card'
import type { School } from '@repitbot/contracts/school'
import { type Accepting, canInvite, type Invitees, invite, isAccount, type StoredInvitation } from './invitation.ts'
import { type Member, newMember, type Person } from './person.ts'
import type { Session } from './session.ts'

/** What is loaded under the invitation's lock. `invitees` are those whom it names, as far as `inviter`, who made it, reaches them now. */
export type InvitationState = { invitation: StoredInvitation; school: School; inviter: Member; invitees: Invitees }
/**
 * What becomes of the person: a new one is inserted; the one of the waiting membership gets an account; a child without an account stays as
 * it is; or an account joins, and the person `replaces` goes, who was there only for the membership's sake.
 */
export type PersonChange =
  | { kind: 'insert'; person: Person }
  | { kind: 'update'; person: Person }
  | { kind: 'keep' }
  | { kind: 'join'; accepting: Accepting; replaces: string | null }
export type AcceptOutcome = StoredAcceptance & { person: PersonChange }
type StoredAcceptance = { invitation: StoredInvitation; member: Member; session: Session }
type Acceptance = {
  accepting: Accepting
  /** The id of the membership, where the invitation names none. */
  newUserId: string
  name: string | undefined
  language: Language | undefined
  zone: string | undefined
  at: Date
  start: (of: { personId: string; userId: string }) => Session
}

/**
 * An invitation is good once and until it expires, and only while its maker could make it again: whoever may no longer bring somebody brings
 * nobody by an invitation made before. The membership that it names must still wait for somebody, in the role it was made for.
 */
export function refusalOf({ invitation, inviter, invitees }: InvitationState, at: Date): FailureCode | undefined {
  if (invitation.acceptedAt || invitation.expiresAt <= at) return 'link_not_valid'
  if (!inviter.active || !canInvite(inviter.role, invitation.role) || invite(invitation, invitees) !== invitation) return 'link_not_valid'
}

export function acceptInvitation(state: InvitationState, acceptance: Acceptance): AcceptOutcome | FailureCode {
  const { invitation, invitees } = state
  const { accepting, at, start } = acceptance
  const refusal = refusalOf(state, at)
  if (refusal) return refusal
  const member = memberOf(state, acceptance)
  const session = start({ personId: member.personId, userId: member.id })
  return { invitation: { ...invitation, acceptedAt: at }, member, session, person: changeOf(accepting, invitees.member) }
}

/** The membership that waited, or a new one under the name given. */
function memberOf(
  { invitation, school, invitees: { member: before } }: InvitationState,
  { accepting, newUserId, name, language, zone }: Acceptance,
): Member {
  const { person } = accepting
  const contacts = { email: person.email, emailConfirmedAt: person.emailConfirmedAt, telegramId: person.telegramId }
  if (!before) {
    const profile = { name: name ?? '', language, zone }
    return { ...newMember({ id: newUserId, personId: person.id, school, role: invitation.role, profile }), ...contacts }
  }
  return {
    ...before,
    ...contacts,
    personId: isAccount(accepting) ? person.id : before.personId,
    name: name ?? before.name,
    language: language ?? before.language,
    zone: zone ?? before.zone,
    version: before.version + 1,
  }
}

function changeOf(accepting: Accepting, before: Member | undefined): PersonChange {
  const { kind, person } = accepting
  if (isAccount(accepting)) return { kind: 'join', accepting, replaces: before && before.personId !== person.id ? before.personId : null }
  if (!before) return { kind: 'insert', person }
  return kind === 'new' ? { kind: 'update', person: { ...person, id: before.personId } } : { kind: 'keep' }
}
