import type { Link, Person } from '@repitbot/contracts/people'

export type Choice = {
  /** A piece of a name. */
  search: string
  role: Person['role'] | ''
  /** The tutor whose students are wanted, with their families. */
  tutorId: string
  state: 'here' | 'joined' | 'notJoined' | 'archived'
  sort: 'name' | 'added'
}
export const firstChoice: Choice = { search: '', role: '', tutorId: '', state: 'here', sort: 'name' }

/** A name as it is looked for: in Russian ё is written as е as often as not. */
const plain = (text: string) => text.toLowerCase().replaceAll('ё', 'е')

const fits: Record<Choice['state'], (person: Person) => boolean> = {
  here: ({ active }) => active,
  joined: ({ active, signsIn }) => active && signsIn,
  notJoined: ({ active, signsIn }) => active && !signsIn,
  archived: ({ active }) => !active,
}

/** The people who fit, in the order asked for; `links` are those of the chosen tutor, undefined while they load. Ids grow with time, so they tell who was added last. */
export function chosenFrom(all: Person[], { search, role, tutorId, state, sort }: Choice, links: Link[] | undefined): Person[] {
  const parts = plain(search).split(/\s+/).filter(Boolean)
  const students = new Set(links?.map(({ overId }) => overId))
  const chosen = all.filter(
    (person) =>
      fits[state](person) &&
      (!role || person.role === role) &&
      (!tutorId || students.has(person.userId)) &&
      parts.every((part) => plain(person.name).includes(part)),
  )
  const byName = new Intl.Collator('ru').compare
  return chosen.sort((a, b) => (sort === 'name' ? byName(a.name, b.name) : b.userId < a.userId ? -1 : 1))
}
