import type { Caller } from '@repitbot/contracts/endpoint'
import type { ConsumedEvent, Consumers } from '@repitbot/contracts/events'
import type { ReachAs } from '@repitbot/contracts/people'
import type { Database } from './database.ts'

/**
 * The SQL condition that a column's person is within the caller's reach: the caller himself, those linked to him as well, or the whole
 * school (row-level security holds the school). `as` narrows which links count. Holds the caller's own ids only, so it needs no values.
 */
export function within({ reach, userId }: Pick<Caller, 'reach' | 'userId'>, column: string, as?: ReachAs): string {
  if (!/^[0-9a-f-]{36}$/.test(userId)) throw new Error('A caller id is not a uuid')
  if (reach === 'school') return 'true'
  const own = `${column} = '${userId}'`
  if (reach === 'own') return own
  const links = `select over_id from reach where holder_id = '${userId}' and granted${as ? ` and reach_as = '${as}'` : ''}`
  return `(${own} or ${column} in (${links}))`
}

/** Every service keeps who reaches whom; the highest version of a link stands. */
export function reachConsumers(database: Database): Consumers {
  const keep = (granted: boolean) => (batch: ConsumedEvent<'reach.granted' | 'reach.revoked'>[]) =>
    database.transaction({ schoolId: [...new Set(batch.map(({ schoolId }) => schoolId))] }, async (tx) => {
      const links = batch.map(({ schoolId, body }) => ({
        school_id: schoolId,
        holder_id: body.holderId,
        over_id: body.overId,
        reach_as: body.as,
        version: body.version,
        granted,
      }))
      await tx.query(
        `insert into reach (school_id, holder_id, over_id, reach_as, granted, version)
         select distinct on (holder_id, over_id, reach_as) school_id, holder_id, over_id, reach_as, granted, version
         from jsonb_to_recordset($1) as l (school_id uuid, holder_id uuid, over_id uuid, reach_as text, granted boolean, version int)
         order by holder_id, over_id, reach_as, version desc
         on conflict (holder_id, over_id, reach_as) do update set granted = excluded.granted, version = excluded.version
         where reach.version < excluded.version`,
        [JSON.stringify(links)],
        'keep-reach',
      )
    })
  return { 'reach.granted': keep(true), 'reach.revoked': keep(false) }
}
