import type { Caller } from '@repitbot/contracts/endpoint'

const students = `select over_id from link where holder_id = :me and active`
const families = `select holder_id from link where active and link_as <> 'tutor' and over_id in (${students} and link_as = 'tutor')`

/**
 * The SQL condition that a column's membership is within the caller's reach. This service reads its own links rather than the heard copy, so that a tutor
 * finds the student he has just added; a tutor also reaches the parents of his students.
 */
export function reaching({ reach, role, userId }: Pick<Caller, 'reach' | 'role' | 'userId'>, column: string): string {
  if (!/^[0-9a-f-]{36}$/.test(userId)) throw new Error('A caller id is not a uuid')
  if (reach === 'school') return 'true'
  const own = `${column} = :me`
  const linked = role === 'tutor' ? `${column} in (${students}) or ${column} in (${families})` : `${column} in (${students})`
  return `(${reach === 'own' ? own : `${own} or ${linked}`})`.replaceAll(':me', `'${userId}'`)
}
