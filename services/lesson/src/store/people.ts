import type { Caller } from '@repitbot/contracts/endpoint'
import type { Transaction } from '@repitbot/kit/database'
import { within } from '@repitbot/kit/reach'
import type { Person } from '../rules/plan.ts'

/** The scheduled lessons ahead in which somebody gives or has a lesson; none where a newer card of theirs is known than this version. */
export const aheadOf = async (tx: Transaction, { userId, version }: { userId: string; version: number }, now: Date): Promise<string[]> => {
  const rows = await tx.query<{ id: string }>(
    `select l.id from lesson l where l.status = 'scheduled' and l.starts_at > $2
       and (l.tutor_id = $1 or l.id in (select lesson_id from lesson_seat where student_id = $1))
       and not exists (select from person p where p.user_id = $1 and p.version > $3)
     order by l.starts_at`,
    [userId, now, version],
  )
  return rows.map(({ id }) => id)
}

/** The people of the school, also those with whom the caller has no link any more. */
export const findEverybody = (tx: Transaction, caller: Caller, ids: string[]) => findPeople(tx, { ...caller, role: 'admin' }, ids)

/** Those of the people whom the caller may plan: tutors may plan themselves and their students, admins everybody of the school. */
export async function findPeople(tx: Transaction, caller: Caller, ids: string[]): Promise<Map<string, Person>> {
  const reach = caller.role === 'admin' ? 'school' : 'linked'
  const people = await tx.query<Person>(
    `select user_id as "userId", role, name, zone, active from person where user_id = any($1) and ${within({ ...caller, reach }, 'user_id', 'tutor')}`,
    [ids],
  )
  return new Map(people.map((person) => [person.userId, person]))
}
