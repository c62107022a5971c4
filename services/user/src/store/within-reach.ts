import type { Caller } from '@repitbot/contracts/endpoint'
import type { Role } from '@repitbot/contracts/person-card'
import { reachCondition } from '@repitbot/kit/reach'

/**
 * The SQL condition that a column's membership is within the caller's reach. This service reads its own links and not the kit's copy from
 * events, so that a tutor finds the student they have just added; a tutor also reaches the parents of their students.
 */
export const withinReach = (caller: Pick<Caller, 'reach' | 'role' | 'userId'>, column: string): string =>
  reachCondition(caller, column, (me) => linkedTo(caller.role, me, column))

/** The SQL condition that a column's membership is linked to `me`, another SQL expression, who has this role. */
export function linkedTo(role: Role, me: string, column: string): string {
  const students = `select over_id from link where holder_id = ${me} and active`
  const families = `select holder_id from link where active and link_as <> 'tutor' and over_id in (${students} and link_as = 'tutor')`
  return role === 'tutor' ? `(${column} in (${students}) or ${column} in (${families}))` : `${column} in (${students})`
}
