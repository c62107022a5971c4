import { isDeepStrictEqual } from 'node:util'
import type { FailureCode } from '@repitbot/contracts/failures'
import type { ProfileChange, Role } from '@repitbot/contracts/people'
import { type Member, type Outcome, updated } from './person.ts'

/** What is changed is a new version and is said; what is as it was is neither. */
export function profileChanged(member: Member, change: ProfileChange): Outcome {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  const next = { ...member, ...given }
  return isDeepStrictEqual(next, member) ? { member, says: [] } : renewed(next)
}

/** Nobody closes the last door: a school always keeps an active admin who signs in. */
export function disabled(member: Member, otherAdmins: number): Outcome | FailureCode {
  if (!member.active) return { member, says: [] }
  if (isLastAdmin(member, otherAdmins)) return 'last_admin'
  return { ...renewed({ ...member, active: false }), signsOut: 'disabled' }
}

export const enabled = (member: Member): Outcome => (member.active ? { member, says: [] } : renewed({ ...member, active: true }))

export function roleChanged(member: Member, role: Role, otherAdmins: number): Outcome | FailureCode {
  if (member.role === role) return { member, says: [] }
  if (isLastAdmin(member, otherAdmins)) return 'last_admin'
  return { ...renewed({ ...member, role }), signsOut: 'role_changed' }
}

const isLastAdmin = (member: Member, otherAdmins: number) => member.role === 'admin' && member.active && otherAdmins === 0

/** The member with the next version, and that said. */
export function renewed(member: Member): Outcome {
  const next = { ...member, version: member.version + 1 }
  return { member: next, says: [updated(next)] }
}
