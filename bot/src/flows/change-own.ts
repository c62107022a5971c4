import { isDeepStrictEqual } from 'node:util'
import { Refused } from '@repitbot/contracts/client'
import type { Person } from '@repitbot/contracts/people'
import type { PersonCard } from '@repitbot/contracts/person-card'
import type { ProfileChange } from '@repitbot/contracts/profile'
import type { MemberContext } from '../feature.ts'

/**
 * Changes the own profile as it was seen, or as it is now for somebody who was shown nothing of it. What has changed beside the given fields
 * is no reason to refuse: it is sent again with the version of now.
 */
export async function changeOwn({ auth, people }: MemberContext['api'], change: ProfileChange, seen?: PersonCard): Promise<Person> {
  const before = seen ?? (await auth.me({})).card
  try {
    return await people.changeMe({ ...change, version: before.version })
  } catch (error) {
    if (!(error instanceof Refused && error.problem.code === 'conflict')) throw error
    const { card } = await auth.me({})
    const fields = Object.keys(change) as (keyof PersonCard)[]
    if (!fields.every((field) => isDeepStrictEqual(card[field], before[field]))) throw error
    return people.changeMe({ ...change, version: card.version })
  }
}
