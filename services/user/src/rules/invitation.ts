import type { Acceptance } from '@repitbot/contracts/acceptance'
import type { NewEvent } from '@repitbot/contracts/events'
import type { FailureCode } from '@repitbot/contracts/failures'
import type { Invitation, Link, NewPerson } from '@repitbot/contracts/people'
import type { Role } from '@repitbot/contracts/person-card'
import type { Member, Person } from './person.ts'

export type StoredInvitation = Omit<Invitation, 'expiresAt'> & {
  schoolId: string
  tokenHash: Buffer
  /** Null for an invitation that has no pairing code. */
  codeHash: Buffer | null
  expiresAt: Date
  acceptedAt: Date | null
}

/** Who accepts: an existing account (its password was checked, or Telegram vouches for it), a new one, or a child without one. */
export type Accepting = { kind: 'account' | 'telegram' | 'new' | 'child'; person: Person }
/** Whether the person was there before the acceptance. */
export const isAccount = ({ kind }: Pick<Accepting, 'kind'>) => kind === 'account' || kind === 'telegram'

/** An admin's access is worth more to a thief than any other, so their invitation is short, and has no code that is short enough to be guessed. */
export const termsOf = (role: Role) => (role === 'admin' ? { hoursMax: 24, hasCode: false } : { hoursMax: 7 * 24, hasCode: true })

export const toInvitationReply = ({ id, role, userId, studentIds, invitedBy, expiresAt }: StoredInvitation): Invitation => ({
  id,
  role,
  userId,
  studentIds,
  invitedBy,
  expiresAt: expiresAt.toISOString(),
})

type Accepted = { invitation: StoredInvitation; member: Member; studentIds: string[] }
export const invitationAccepted = ({ invitation: { id, schoolId, invitedBy }, member, studentIds }: Accepted): NewEvent => ({
  name: 'invitation.accepted',
  schoolId,
  body: { invitationId: id, userId: member.id, name: member.name, role: member.role, invitedBy, studentIds },
})

/** What is wrong with a field of a request. */
export type FieldError = { field: string; message: string }

/** A tutor brings their own students and those students' parents; tutors and admins are invited by an admin. */
export const canInvite = (by: Role, role: Role) => by === 'admin' || (by === 'tutor' && (role === 'student' || role === 'parent'))

/** Whether somebody can sign in as this member. */
export const isClaimed = ({ email, telegramId }: Pick<Person, 'email' | 'telegramId'>) => email !== null || telegramId !== null

/** Those whom an invitation names and the caller reaches: the membership, and the students. */
export type Invitees = { member: Member | undefined; students: string[] }

/** An invitation to an existing membership is for an active one that nobody signs in to, so that nobody takes an account over. */
export function invite(invitation: StoredInvitation, { member, students }: Invitees): StoredInvitation | FailureCode {
  if (invitation.userId) {
    if (!member?.active || member.role !== invitation.role) return 'not_found'
    if (isClaimed(member)) return 'already_signs_in'
  }
  return students.length === invitation.studentIds.length ? invitation : 'not_found'
}

/** What is missing in the invitation of somebody who is not in the school yet. */
export function missingStudents(role: Role, studentIds: string[]): FieldError | undefined {
  if (role === 'parent' && !studentIds.length)
    return { field: 'studentIds', message: 'Name at least one student that the parent belongs to' }
  if (role !== 'parent' && role !== 'tutor' && studentIds.length)
    return { field: 'studentIds', message: 'Only a parent or a tutor has students' }
}

/** Links that a new member begins with. */
export function firstLinks(
  userId: string,
  role: Role,
  { studentIds = [], tutorIds = [] }: Pick<NewPerson, 'studentIds' | 'tutorIds'>,
): Link[] {
  const over = studentIds.map((overId): Link => ({ holderId: userId, overId, as: role === 'tutor' ? 'tutor' : 'parent' }))
  const held = role === 'student' ? tutorIds.map((holderId): Link => ({ holderId, overId: userId, as: 'tutor' })) : []
  return [...over, ...held]
}

/** A name is needed where the school has none yet, and an account for all but a student, who may sign in on this device alone. */
export function missingField(
  { role, userId }: Pick<StoredInvitation, 'role' | 'userId'>,
  { name, email, telegramId }: Pick<Acceptance, 'name' | 'email'> & { telegramId?: string },
): FieldError | undefined {
  if (userId === null && name === undefined) return { field: 'name', message: 'Give your name, 1 to 100 characters' }
  if (role !== 'student' && email === undefined && telegramId === undefined)
    return { field: 'email', message: 'Give an e-mail and a password to sign in with' }
}
