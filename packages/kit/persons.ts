import type { ConsumedEvent, Consumers } from '@repitbot/contracts/events'
import { type Database, schoolsOf } from './database.ts'

/**
 * A service with `persons: true` keeps the people of its schools in the table `person`: id, school, role, name, zone, language, whether
 * active. The highest version of a card wins, in whatever order cards come. What only one service needs of a person goes into a table of
 * its own.
 */
export function personConsumers(database: Database): Consumers {
  const keep = (batch: ConsumedEvent<'user.created' | 'user.updated'>[]) =>
    database.transaction(schoolsOf(batch), async (tx) => {
      const cards = batch.map(({ schoolId, body: { userId, role, name, zone, language, active, version } }) => ({
        user_id: userId,
        school_id: schoolId,
        role,
        name,
        zone,
        language,
        active,
        version,
      }))
      await tx.query(
        `insert into person (user_id, school_id, role, name, zone, language, active, version)
         select distinct on (user_id) user_id, school_id, role, name, zone, language, active, version
         from jsonb_to_recordset($1) as c (user_id uuid, school_id uuid, role text, name text, zone text, language text, active boolean,
           version int)
         order by user_id, version desc
         on conflict (user_id) do update set role = excluded.role, name = excluded.name, zone = excluded.zone,
           language = excluded.language, active = excluded.active, version = excluded.version
         where person.version < excluded.version`,
        [JSON.stringify(cards)],
        'keep-persons',
      )
    })
  return { 'user.created': keep, 'user.updated': keep }
}
