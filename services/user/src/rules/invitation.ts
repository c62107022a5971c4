import type { Acceptance } from '@repitbot/contracts/auth'
import type { Invitation, Link, NewPerson, Role } from '@repitbot/contracts/people'
import type { Person } from './person.ts'

export type Invited = Omit<Invitation, 'expiresAt'> & {
  schoolId: string
  tokenHash: Buffer
  codeHash: Buffer
  expiresAt: Date
  acceptedAt: Date | null
}

/** Who accepts: an account that is there (its password was checked, or Telegram knows him), a new one, or a child without any. */
export type Accepting = { kind: 'account' | 'telegram' | 'new' | 'child'; person: Person }
/** The acceptance joins a person who was there before it. */
export const isKnown = ({ kind }: Pick<Accepting, 'kind'>) => kind === 'account' || kind === 'telegram'

export const daysMax = 7

export const shownInvitation = ({ id, role, userId, studentIds, invitedBy, expiresAt }: Invited): Invitation => ({
  id,
  role,
  userId,
  studentIds,
  invitedBy,
  expiresAt: expiresAt.toISOString(),
})

type Wrong = { field: string; message: string }

/** A tutor brings his own students and their parents; tutors and admins come from an admin. */
export const mayBring = (by: Role, role: Role) => by === 'admin' || (by === 'tutor' && (role === 'student' || role === 'parent'))

/** What is missing in the invitation of somebody who is not in the school yet. */
export function lacking(role: Role, studentIds: string[]): Wrong | undefined {
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

/** What the invited has to give: a name where the school has none yet, and an account unless he is a child who enters on this device alone. */
export function unfilled(
  { role, userId }: Pick<Invited, 'role' | 'userId'>,
  { name, email, telegramId }: Pick<Acceptance, 'name' | 'email'> & { telegramId?: string },
): Wrong | undefined {
  if (userId === null && name === undefined) return { field: 'name', message: 'Give your name, 1 to 100 characters' }
  if (role !== 'student' && email === undefined && telegramId === undefined)
    return { field: 'email', message: 'Give an e-mail and a password to sign in with' }
}
