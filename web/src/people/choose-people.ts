import type { Person } from '@repitbot/contracts/people'
import type { PeopleState, WantedPeople } from '@repitbot/contracts/wanted-people'

export type Choice = {
  /** Pieces of a name. */
  search: string
  role: Person['role'] | ''
  /** The tutor whose students are wanted. */
  tutorId: string
  state: PeopleState
  sort: 'name' | 'newest'
}
export const peopleStates = ['here', 'joined', 'notJoined', 'archived'] as const satisfies PeopleState[]
export const firstChoice: Choice = { search: '', role: '', tutorId: '', state: 'here', sort: 'name' }

/** The choice as the server takes it. A tutor is not among the people of their own list. */
export const wantedOf = ({ search, role, tutorId, state }: Choice, admin: boolean): WantedPeople => ({
  ...(search.trim() && { search: search.trim() }),
  ...(role && { role }),
  ...(tutorId && { linkedTo: tutorId, role: 'student' }),
  ...(!admin && { others: 'yes' }),
  state,
})

/** A name as it is looked for: in Russian yo is written as ye as often as not. */
const plain = (text: string) => text.toLowerCase().replaceAll('\u0451', '\u0435')
/** Whether all pieces of what is searched for are in a name, as the server finds it. */
export const isFound = (name: string, search: string) =>
  plain(search)
    .split(/\s+/)
    .every((part) => plain(name).includes(part))
