import type { Invitation, Person } from '@repitbot/contracts/people'
import { queryOptions } from '@tanstack/react-query'
import { api } from '../clients.ts'

/** One answer holds this many people; a larger school is read page by page. */
const pageOf = 200

export const everybody = queryOptions({
  queryKey: ['people', 'all'],
  queryFn: async () => {
    const all: Person[] = []
    for (let after: string | undefined; ; after = all.at(-1)?.userId) {
      const page = await api.people.list({ limit: pageOf, after })
      all.push(...page)
      if (page.length < pageOf) return all
    }
  },
})
export const invitations = queryOptions({ queryKey: ['people', 'invitations'], queryFn: () => api.people.invitations({}) })
export const linksOf = (of: { overId?: string; holderId?: string }) =>
  queryOptions({ queryKey: ['people', 'links', of], queryFn: () => api.people.links(of) })

/** The invitation that waits for this very person. */
export const invitationTo = (waiting: Invitation[], { userId }: Pick<Person, 'userId'>): Invitation | undefined =>
  waiting.find((invitation) => invitation.userId === userId)
