import type { Reach, Role } from '@repitbot/contracts/endpoint'
import type { Somebody } from '@repitbot/kit/testing/people'
import type { Clients } from '../../clients.ts'
import type { Member } from '../../platform.ts'
import type { Stage } from '../stage.ts'

/** Who calls, and whose record the call is about. */
export type Whose = { caller: Member; owner: Member }
export type Sample<Args> = {
  /** Whose records the call may be about, one cell each; without it there is one cell a role, about nobody in particular. */
  of?: readonly Somebody[]
  /** Arguments that succeed for whoever reaches the owner; each call makes a record of its own where the route would use it up. */
  args: (stage: Stage, whose: Whose) => Args | Promise<Args>
  /** The same about something that is not there; without it every parameter of the path becomes such an id. */
  missing?: (args: Args, stage: Stage) => Args
  /** What the answer must hold for this caller, beside what it must not. */
  shows?: (stage: Stage, caller: Member) => string[]
  /** The call ends sessions, so each caller brings one that nobody else uses. */
  endsSession?: true
  /** Of a row that anyone may call: what an honest call gets here, unless it is the row's success. */
  answers?: number
  /** How far each role reaches into what the body names, where that is not how far the row itself does. */
  reach?: Partial<Record<Role, Reach>>
  /** Linked beyond the links: whom a tutor knows through his students. */
  known?: readonly [Role, Role][]
}
export type AnySample = Sample<Record<string, unknown>>
type Given<A extends keyof Clients, E extends keyof Clients[A]> = Clients[A][E] extends (asked: infer G, ...rest: never[]) => unknown
  ? G
  : never
export type OneOrMore<S> = S | S[]
/** What every row of the contract tables has: a route without a sample does not compile. */
export type Samples = { [A in keyof Clients]: { [E in keyof Clients[A]]: OneOrMore<Sample<Given<A, E>>> } }

export const students = ['student', 'sibling', 'otherStudent', 'studentB'] as const
export const tutors = ['tutor', 'otherTutor', 'tutorB'] as const
export const none = () => ({})
export const ids = (...members: Member[]) => members.map(({ userId }) => userId)
export const ownStudents = ({ people }: Stage, { role }: Member) =>
  ids(...(role === 'student' ? [people.student] : [people.student, people.sibling]))
export const bodyReach = { admin: 'school', tutor: 'linked' } as const
