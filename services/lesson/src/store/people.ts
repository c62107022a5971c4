import type { Caller } from '@repitbot/contracts/endpoint'
import type { Transaction } from '@repitbot/kit/database'
import { within } from '@repitbot/kit/reach'
import type { Person } from '../rules/plan.ts'

/** Those of the people whom the caller may plan: tutors may plan themselves and their students, admins everybody of the school. */
export async function findPeople(tx: Transaction, caller: Caller, ids: string[]): Promise<Map<string, Person>> {
  const reach = caller.role === 'admin' ? 'school' : 'linked'
  const people = await tx.query<Person>(
    `select user_id as "userId", role, name, zone, active from person where user_id = any($1) and ${within({ ...caller, reach }, 'user_id', 'tutor')}`,
    [ids],
  )
  return new Map(people.map((person) => [person.userId, person]))
}
