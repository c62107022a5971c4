import type { Caller } from '@repitbot/contracts/endpoint'
import type { ConsumedEvent, Consumers } from '@repitbot/contracts/events'
import { ReachAs } from '@repitbot/contracts/person-card'
import { isUuid } from '@repitbot/contracts/uuid'
import { type Database, schoolsOf } from './database.ts'

const kindsOfLink = ReachAs.options.map((one) => `'${one}'`).join(', ')

/**
 * Returns the SQL condition that the person of a column is within the caller's reach: the caller, those linked to the caller as well, or the
 * whole school (row-level security limits it to the school). `as` limits which links count; a kind of link that a newer release added does
 * not count. It contains the caller's id only, so it needs no parameters.
 */
export const within = (caller: Pick<Caller, 'reach' | 'userId'>, column: string, as?: ReachAs): string =>
  reachCondition(caller, column, (me) => {
    const links = `select over_id from reach where holder_id = ${me} and granted and reach_as in (${as ? `'${as}'` : kindsOfLink})`
    return `${column} in (${links})`
  })

/** The same for a service with its own condition for links: `linked` gets the caller's id as an SQL literal and returns that condition. */
export function reachCondition(
  { reach, userId }: Pick<Caller, 'reach' | 'userId'>,
  column: string,
  linked: (me: string) => string,
): string {
  if (!isUuid(userId)) throw new Error('A caller id is not a uuid')
  if (reach === 'school') return 'true'
  const me = `'${userId}'`
  const own = `${column} = ${me}`
  return reach === 'own' ? own : `(${own} or ${linked(me)})`
}

/** Every service keeps the links between people in the table `reach`; the highest version of a link wins. */
export function reachConsumers(database: Database): Consumers {
  const keep = (granted: boolean) => (batch: ConsumedEvent<'reach.granted' | 'reach.revoked'>[]) =>
    database.transaction(schoolsOf(batch), async (tx) => {
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
