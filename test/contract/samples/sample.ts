import type { Reach, Role } from '@repitbot/contracts/endpoint'
import type { Somebody } from '@repitbot/kit/testing/people'
import type { Clients } from '../../clients.ts'
import type { Member } from '../../platform.ts'
import type { Fixtures } from '../fixtures.ts'

/** Who calls, and who owns the record that the call is about. */
export type Parties = { caller: Member; owner: Member }
export type Sample<Args> = {
  /** The owners of records that the call is tried on; without it each role calls once, about no one's record. */
  owners?: readonly Somebody[]
  /** Arguments that succeed for a caller who may reach the owner's records. Makes a new record each time where the route can be called only once for one. */
  args: (fixtures: Fixtures, parties: Parties) => Args | Promise<Args>
  /** The same arguments about a missing record; by default every parameter of the path becomes an unknown id. */
  missing?: (args: Args, fixtures: Fixtures) => Args
  /** Ids that the answer to this caller must include. */
  mustInclude?: (fixtures: Fixtures, caller: Member) => string[]
  /** The call ends sessions, so each caller gets one of their own. */
  endsSession?: true
  /** The status of a valid call of those who may, where no sample can have the row's success. */
  status?: number
  /** How far each role may reach the records named in the body, where that differs from the row's own reach. */
  reach?: Partial<Record<Role, Reach>>
  /** Pairs of roles that count as linked through a student of both, such as a tutor and a parent. */
  linkedBySharedStudent?: readonly [Role, Role][]
}
export type AnySample = Sample<Record<string, unknown>>
type ArgsOf<A extends keyof Clients, E extends keyof Clients[A]> = Clients[A][E] extends (args: infer G, ...rest: never[]) => unknown
  ? G
  : never
export type OneOrMore<S> = S | S[]
/** At least one sample for each row of the contract tables: a route without one does not compile. */
export type Samples = { [A in keyof Clients]: { [E in keyof Clients[A]]: OneOrMore<Sample<ArgsOf<A, E>>> } }

export const students = ['student', 'sibling', 'otherStudent', 'studentB'] as const
export const tutors = ['tutor', 'otherTutor', 'tutorB'] as const
export const none = () => ({})
export const ids = (...members: Member[]) => members.map(({ userId }) => userId)
export const ownStudents = ({ people }: Fixtures, { role }: Member) =>
  ids(...(role === 'student' ? [people.student] : [people.student, people.sibling]))
export const bodyReach = { admin: 'school', tutor: 'linked' } as const
