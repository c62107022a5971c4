import type { Reach } from '@repitbot/contracts/endpoint'
import { links } from '@repitbot/kit/testing/people'
import type { Member, People } from '../platform.ts'
import type { AnySample } from './samples/sample.ts'

/** How the owner of a record is related to its caller. */
export type Relation = 'own' | 'linked' | "stranger's" | "other school's"

export function relationOf(
  people: People,
  sample: Pick<AnySample, 'linkedBySharedStudent'>,
  { caller, owner }: { caller: Member; owner: Member },
): Relation {
  if (caller.userId === owner.userId) return 'own'
  if (caller.schoolId !== owner.schoolId) return "other school's"
  const holds = (holder: Member, over: Member) => links.some(([from, to]) => people[from] === holder && people[to] === over)
  if (holds(caller, owner)) return 'linked'
  const mayShare = sample.linkedBySharedStudent?.some(([from, to]) => from === caller.role && to === owner.role)
  const shared = Object.values(people).filter((one) => holds(caller, one) && holds(owner, one))
  return mayShare && shared.length > 0 ? 'linked' : "stranger's"
}

const within: Record<Reach, Relation[]> = { own: ['own'], linked: ['own', 'linked'], school: ['own', 'linked', "stranger's"] }
export const reaches = (reach: Reach, relation: Relation): boolean => within[reach].includes(relation)

/** Ids that no reply to this caller may ever hold: for a family everybody not linked to it, and for everybody the other school. */
export function foreignTo(people: People, { role }: Member): string[] {
  const { otherStudent, sibling, otherParent, stranger, tutorB, studentB } = people
  const school = [stranger.userId, tutorB.userId, studentB.userId, stranger.schoolId]
  const own = { admin: [], tutor: [], parent: [otherStudent, otherParent], student: [otherStudent, sibling, otherParent] }[role]
  return [...school, ...own.map(({ userId }) => userId)]
}
