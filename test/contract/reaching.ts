import type { Reach } from '@repitbot/contracts/endpoint'
import { links } from '@repitbot/kit/testing/people'
import type { Member, People } from '../platform.ts'
import type { AnySample } from './samples/sample.ts'

/** Whose a record is, as its caller sees it. */
export type Relation = 'own' | 'linked' | "stranger's" | "other school's"

export function relationOf(
  people: People,
  sample: Pick<AnySample, 'known'>,
  { caller, owner }: { caller: Member; owner: Member },
): Relation {
  if (caller.userId === owner.userId) return 'own'
  if (caller.schoolId !== owner.schoolId) return "other school's"
  const holds = (holder: Member, over: Member) => links.some(([from, to]) => people[from] === holder && people[to] === over)
  if (holds(caller, owner)) return 'linked'
  const knows = sample.known?.some(([role, known]) => role === caller.role && known === owner.role)
  const between = Object.values(people).filter((one) => holds(caller, one) && holds(owner, one))
  return knows && between.length > 0 ? 'linked' : "stranger's"
}

const within: Record<Reach, Relation[]> = { own: ['own'], linked: ['own', 'linked'], school: ['own', 'linked', "stranger's"] }
export const reaches = (reach: Reach, relation: Relation): boolean => within[reach].includes(relation)

/** People of whom nothing may ever stand in an answer to this caller: whoever is not linked to a family, and the other school to everybody. */
export function foreignTo(people: People, { role }: Member): string[] {
  const { otherStudent, sibling, otherParent, stranger, tutorB, studentB } = people
  const school = [stranger.userId, tutorB.userId, studentB.userId, stranger.schoolId]
  const own = { admin: [], tutor: [], parent: [otherStudent, otherParent], student: [otherStudent, sibling, otherParent] }[role]
  return [...school, ...own.map(({ userId }) => userId)]
}
