import { isDeepStrictEqual } from 'node:util'
import type { NewEvent } from '@repitbot/contracts/events'
import type { FailureCode } from '@repitbot/contracts/failures'
import type { NewRole } from '@repitbot/contracts/people'
import type { ProfileChange } from '@repitbot/contracts/profile'
import { givesLessons } from '@repitbot/contracts/teaching'
import { type Member, type Outcome, userUpdated } from './person.ts'

/** A change that changes nothing is no new version and is not published. */
export function changeProfile(member: Member, change: ProfileChange): Outcome {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  const next = { ...member, ...given }
  return isDeepStrictEqual(next, member) ? { member, events: [] } : withNextVersion(next)
}

/** A school always keeps an active admin who signs in. */
export function disable(member: Member, otherAdmins: number): Outcome | FailureCode {
  if (!member.active) return { member, events: [] }
  if (isLastAdmin(member, otherAdmins)) return 'last_admin'
  return { ...withNextVersion({ ...member, active: false }), signsOut: 'disabled' }
}

export const enable = (member: Member): Outcome => (member.active ? { member, events: [] } : withNextVersion({ ...member, active: true }))

/** An admin who only begins or stops teaching stays signed in: their token is that of an admin before and after. */
export function changeRole(member: Member, { role, teaches }: Omit<NewRole, 'version'>, otherAdmins: number): Outcome | FailureCode {
  if (member.role === role) return member.teaches === teaches ? { member, events: [] } : withNextVersion({ ...member, teaches })
  if (isLastAdmin(member, otherAdmins)) return 'last_admin'
  const { member: next, events } = withNextVersion({ ...member, role, teaches })
  const changed: NewEvent = { name: 'role.changed', body: { userId: next.id, role, version: next.version } }
  return { member: next, events: [...events, changed], signsOut: 'role_changed' }
}

/** Links fit a role: they stay while it stays, and the students of somebody who teaches before and after. */
export const keepsLinks = (before: Member, after: Member): boolean =>
  givesLessons(before) ? givesLessons(after) : before.role === after.role

const isLastAdmin = (member: Member, otherAdmins: number) => member.role === 'admin' && member.active && otherAdmins === 0

/** The member with the next version, and the event that publishes it. */
export function withNextVersion(member: Member): Outcome {
  const next = { ...member, version: member.version + 1 }
  return { member: next, events: [userUpdated(next)] }
}
