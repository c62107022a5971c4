import type { Caller } from '@repitbot/contracts/endpoint'
import type { NewEvent } from '@repitbot/contracts/events'
import type { FailureCode } from '@repitbot/contracts/failures'
import type { Link } from '@repitbot/contracts/people'
import type { ReachAs } from '@repitbot/contracts/person-card'
import { givesLessons } from '@repitbot/contracts/teaching'
import type { FieldError } from './invitation.ts'
import type { Member } from './person.ts'

/** A link that was ended is kept with `active` false; its version grows with each change. */
export type StoredLink = Link & { active: boolean; version: number }
export type Linked = Pick<Member, 'role' | 'teaches'>
/** A link with its two people, undefined for one out of the caller's reach, and the row if there is one. */
export type LinkState = {
  link: Link
  holder: Linked | undefined
  over: Linked | undefined
  stored: StoredLink | undefined
  /** The holder's name, where somebody signs in as the holder. */
  joinedName?: string | undefined
}
/** `link` is the stored one itself when nothing changes. */
export type LinkOutcome = { link: StoredLink; events: NewEvent[] }
type By = Pick<Caller, 'schoolId' | 'userId' | 'reach'>

export function grantLink(by: By, { link, holder, over, stored, joinedName }: LinkState): LinkOutcome | FailureCode | FieldError {
  if (!holder || !over || !canChange(by, link)) return 'not_found'
  if (!canLink(holder, over, link.as)) return { field: 'as', message: `A ${holder.role} cannot be linked to a ${over.role} as ${link.as}` }
  const granted = activeLink(by.schoolId, link, stored)
  if (granted.link === stored || joinedName === undefined || link.as === 'tutor') return granted
  const { holderId: userId, overId: studentId } = link
  const body = { userId, name: joinedName, studentId, linkedBy: by.userId, version: granted.link.version }
  return { ...granted, events: [...granted.events, { name: 'parent.linked', schoolId: by.schoolId, body }] }
}

export function revokeLink(by: By, { link, holder, over, stored }: LinkState): LinkOutcome | FailureCode {
  if (!holder || !over || !canChange(by, link)) return 'not_found'
  if (!stored?.active) return 'not_found'
  return withEvent(by.schoolId, { ...stored, active: false, version: stored.version + 1 })
}

/** The link as it is once granted; nothing changes when it is active already. */
export function activeLink(schoolId: string, link: Link, stored: StoredLink | undefined): LinkOutcome {
  if (stored?.active) return { link: stored, events: [] }
  const { holderId, overId, as } = link
  return withEvent(schoolId, { holderId, overId, as, active: true, version: (stored?.version ?? 0) + 1 })
}

const withEvent = (schoolId: string, link: StoredLink): LinkOutcome => ({ link, events: [linkEvent(schoolId, link)] })

const isParent = ({ role }: Linked) => role === 'parent'
const holds: Record<ReachAs, (holder: Linked) => boolean> = { parent: isParent, tutor: givesLessons, payer: isParent }

/** Only a student is reached: by a parent, who may also be the payer, and by a tutor. An adult student pays without a link. */
const canLink = (holder: Linked, over: Linked, as: ReachAs) => over.role === 'student' && holds[as](holder)

/** A tutor links parents to the students within reach, and may link no other tutor. An admin may link anybody. */
const canChange = ({ reach, userId }: By, { as, holderId }: Link) => reach === 'school' || as !== 'tutor' || holderId === userId

export const linkEvent = (schoolId: string, { active, ...body }: StoredLink): NewEvent => ({
  name: active ? 'reach.granted' : 'reach.revoked',
  schoolId,
  body,
})
