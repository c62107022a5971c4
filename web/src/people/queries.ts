import type { Invitation, Person } from '@repitbot/contracts/people'
import { type PeopleSort, peoplePageMax, type WantedPeople } from '@repitbot/contracts/wanted-people'
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api } from '../clients.ts'
import { queries } from '../queries.ts'

type Wanted = WantedPeople & { sort?: PeopleSort }
/** So many are drawn at once: a school of thousands opens as fast as one of ten. */
const drawnMost = 100

/** Everybody who is wanted, read to the end: for those who are few in any school, such as its tutors. */
export const allOf = (wanted: Wanted) =>
  queryOptions({
    queryKey: ['people', 'all', wanted],
    queryFn: async () => {
      const all: Person[] = []
      for (let after: string | undefined; ; after = all.at(-1)?.userId) {
        const page = await api.people.list({ ...wanted, limit: peoplePageMax, after })
        all.push(...page)
        if (page.length < peoplePageMax) return all
      }
    },
  })
/** Those who give lessons and are here. */
export const tutorsHere = allOf({ teaches: 'yes', state: 'here', sort: 'name' })

/** The first of those who are wanted; what was found before is shown until the answer is there. */
export const firstOf = (wanted: Wanted & { limit: number }) =>
  queryOptions({
    queryKey: ['people', 'first', wanted],
    queryFn: () => api.people.list(wanted),
    placeholderData: keepPreviousData,
  })
/** Whether the school has anybody of a role yet: a list of one or of none. */
export const anyOf = (role: Person['role'], state?: 'here') => firstOf({ role, state, limit: 1 })

export const pagesOf = (wanted: Wanted) =>
  infiniteQueryOptions({
    queryKey: ['people', 'pages', wanted],
    queryFn: ({ pageParam }) => api.people.list({ ...wanted, limit: drawnMost, after: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => (page.length < drawnMost ? undefined : page.at(-1)?.userId),
    placeholderData: keepPreviousData,
  })
export const countOf = (wanted: WantedPeople) =>
  queryOptions({ queryKey: ['people', 'count', wanted], queryFn: () => api.people.count(wanted), placeholderData: keepPreviousData })

export const personOf = (userId: string) => queryOptions({ queryKey: ['people', userId], queryFn: () => api.people.get({ userId }) })
/** One person as they are now, and all that is shown of people with them. */
export async function loadAnew(userId: string): Promise<Person> {
  await queries.invalidateQueries({ queryKey: ['people'] })
  return queries.fetchQuery(personOf(userId))
}
export const invitations = queryOptions({ queryKey: ['people', 'invitations'], queryFn: () => api.people.invitations({}) })
export const linksOf = (of: { overId?: string; holderId?: string }) =>
  queryOptions({ queryKey: ['people', 'links', of], queryFn: () => api.people.links(of) })

/** The invitation that waits for this very person. */
export const invitationTo = (waiting: Invitation[], { userId }: Pick<Person, 'userId'>): Invitation | undefined =>
  waiting.find((invitation) => invitation.userId === userId)
