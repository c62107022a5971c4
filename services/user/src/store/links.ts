import type { Caller } from '@repitbot/contracts/endpoint'
import type { Link } from '@repitbot/contracts/people'
import type { Database, Transaction } from '@repitbot/kit/database'
import { activeLink, type Linked, type LinkOutcome, type LinkState, linkEvent, type StoredLink } from '../rules/link.ts'
import { deleteLostInvitations } from './invitees.ts'
import { withinReach } from './within-reach.ts'

const columns = `holder_id as "holderId", over_id as "overId", link_as as "as", active, version`
export type DecideLink = (state: LinkState) => LinkOutcome

export const linksStore = (database: Database) => ({
  listLinks: (caller: Caller, { overId, holderId }: { overId?: string; holderId?: string }): Promise<Link[]> =>
    database.transaction(caller, (tx) =>
      tx.query<Link>(
        `select holder_id as "holderId", over_id as "overId", link_as as "as" from link
         where active and ${withinReach(caller, 'over_id')} and ($1::uuid is null or over_id = $1) and ($2::uuid is null or holder_id = $2) order by over_id, holder_id, link_as limit 2000`,
        [overId, holderId],
      ),
    ),

  changeLink: (caller: Caller, link: Link, decide: DecideLink): Promise<void> =>
    database.transaction(caller, (tx) => changeLink(tx, { caller, link, decide })),
})

/**
 * Locks both people against a change of role, and the link if there is one; saves what `decide` makes of it and publishes its events.
 * `newMemberId` is a member made in this transaction, who counts as within reach.
 */
export async function changeLink(
  tx: Transaction,
  { caller, link, newMemberId, decide }: { caller: Caller; link: Link; newMemberId?: string; decide: DecideLink },
): Promise<void> {
  const people = await tx.query<Linked & { id: string; name: string; reached: boolean; signsIn: boolean }>(
    `select m.id, m.role, m.teaches, m.name, (${withinReach(caller, 'm.id')} or m.id = $3) as reached,
       (p.email is not null or p.telegram_id is not null) as "signsIn"
     from membership m join person p on p.id = m.person_id where m.id in ($1, $2) order by m.id for share of m`,
    [link.holderId, link.overId, newMemberId ?? null],
  )
  const reached = (userId: string) => people.find((one) => one.reached && one.id === userId)
  const stored = await lockLink(tx, link)
  const joinedName = people.find(({ id, signsIn }) => signsIn && id === link.holderId)?.name
  const outcome = decide({ link, holder: reached(link.holderId), over: reached(link.overId), stored, joinedName })
  if (outcome.link === stored) return
  await saveLink(tx, caller.schoolId, outcome)
  if (!outcome.link.active) await deleteLostInvitations(tx)
}

/** Grants a link that needs no permission of a caller: an invitation promised it. */
export async function grantPromisedLink(tx: Transaction, schoolId: string, link: Link): Promise<void> {
  const stored = await lockLink(tx, link)
  const outcome = activeLink(schoolId, link, stored)
  if (outcome.link !== stored) await saveLink(tx, schoolId, outcome)
}

async function lockLink(tx: Transaction, { holderId, overId, as }: Link): Promise<StoredLink | undefined> {
  const [stored] = await tx.query<StoredLink>(
    `select ${columns} from link where holder_id = $1 and over_id = $2 and link_as = $3 for update`,
    [holderId, overId, as],
  )
  return stored
}

/** A row that is not there yet cannot be locked: of two who insert it at once the second saves and publishes nothing. */
async function saveLink(tx: Transaction, schoolId: string, { link, events }: LinkOutcome): Promise<void> {
  const saved = await tx.query(
    `insert into link (school_id, holder_id, over_id, link_as, active, version) values ($1, $2, $3, $4, $5, $6)
     on conflict (holder_id, over_id, link_as) do update set active = excluded.active, version = excluded.version
       where link.version < excluded.version returning version`,
    [schoolId, link.holderId, link.overId, link.as, link.active, link.version],
  )
  if (saved.length) tx.publish(...events)
}

/** Ends every link of a member whose role no longer fits them. */
export async function revokeLinks(tx: Transaction, { id, schoolId }: { id: string; schoolId: string }): Promise<void> {
  const revoked = await tx.query<StoredLink>(
    `update link set active = false, version = version + 1 where active and (holder_id = $1 or over_id = $1) returning ${columns}`,
    [id],
  )
  tx.publish(...revoked.map((link) => linkEvent(schoolId, link)))
}

/** One page of a school's links, ended ones too, to publish them again. */
export const pageOfLinks = (tx: Transaction, after: StoredLink | undefined, limit: number) =>
  tx.query<StoredLink>(
    `select ${columns} from link where $1::uuid is null or (holder_id, over_id, link_as) > ($1, $2::uuid, $3::text)
     order by holder_id, over_id, link_as limit $4`,
    [after?.holderId ?? null, after?.overId ?? null, after?.as ?? null, limit],
  )
