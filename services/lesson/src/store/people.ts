import type { Caller } from '@repitbot/contracts/endpoint'
import type { ConsumedEvent } from '@repitbot/contracts/events'
import type { Database, Transaction } from '@repitbot/kit/database'
import { within } from '@repitbot/kit/reach'
import type { Person } from '../rules/plan.ts'

export const peopleStore = (database: Database) => ({
  /** Keeps the highest version of each card. */
  keepPeople: (batch: ConsumedEvent<'user.created' | 'user.updated'>[]) =>
    database.transaction({ schoolId: [...new Set(batch.map(({ schoolId }) => schoolId))] }, async (tx) => {
      const cards = batch.map(({ schoolId, body: { userId, role, name, zone, active, version } }) => ({
        user_id: userId,
        school_id: schoolId,
        role,
        name,
        zone,
        active,
        version,
      }))
      await tx.query(
        `insert into person (user_id, school_id, role, name, zone, active, version)
         select distinct on (user_id) user_id, school_id, role, name, zone, active, version
         from jsonb_to_recordset($1) as c (user_id uuid, school_id uuid, role text, name text, zone text, active boolean, version int)
         order by user_id, version desc
         on conflict (user_id) do update set role = excluded.role, name = excluded.name, zone = excluded.zone, active = excluded.active,
           version = excluded.version
         where person.version < excluded.version`,
        [JSON.stringify(cards)],
        'keep-people',
      )
    }),
})

/** Those of the people whom the caller may plan: a tutor himself and his students, an admin the school. */
export async function findPeople(tx: Transaction, caller: Caller, ids: string[]): Promise<Map<string, Person>> {
  const reach = caller.role === 'admin' ? 'school' : 'linked'
  const people = await tx.query<Person>(
    `select user_id as "userId", role, name, zone, active from person where user_id = any($1) and ${within({ ...caller, reach }, 'user_id', 'tutor')}`,
    [ids],
  )
  return new Map(people.map((person) => [person.userId, person]))
}
