import type { Caller } from '@repitbot/contracts/endpoint'
import type { Link, Role } from '@repitbot/contracts/people'
import type { Database, Transaction } from '@repitbot/kit/database'
import { Failure } from '@repitbot/kit/failure'
import { fits, type HeldLink, linkEvent, tutorMay } from '../rules/link.ts'
import { reaching } from './reaching.ts'

const columns = `holder_id as "holderId", over_id as "overId", link_as as "as", active, version`
/** `newcomer` is a member made in this very transaction, who is within reach of whoever makes it. */
type Setting = { caller: Caller; link: Link; newcomer?: string }

export const linksStore = (database: Database) => ({
  listLinks: (caller: Caller, overId: string | undefined): Promise<Link[]> =>
    database.transaction(caller, (tx) =>
      tx.query<Link>(
        `select holder_id as "holderId", over_id as "overId", link_as as "as" from link
         where active and ${reaching(caller, 'over_id')} and ($1::uuid is null or over_id = $1) order by over_id, holder_id, link_as limit 2000`,
        [overId ?? null],
      ),
    ),
  link: (caller: Caller, link: Link): Promise<void> => database.transaction(caller, (tx) => setLink(tx, { caller, link })),

  unlink: (caller: Caller, link: Link): Promise<void> =>
    database.transaction(caller, async (tx) => {
      await allowed(tx, { caller, link })
      const [dropped] = await tx.query<HeldLink>(
        `update link set active = false, version = version + 1 where holder_id = $1 and over_id = $2 and link_as = $3 and active returning ${columns}`,
        [link.holderId, link.overId, link.as],
      )
      if (!dropped) throw new Failure('not_found')
      tx.publish(linkEvent(caller.schoolId, dropped))
    }),
})

/** Makes a link, or nothing where it stands already. People out of the caller's reach are `not_found`; roles that do not fit are named. */
export async function setLink(tx: Transaction, setting: Setting): Promise<void> {
  const roles = await allowed(tx, setting)
  const { link } = setting
  if (!fits(roles.holder, roles.over, link.as)) {
    throw new Failure('invalid_input', {
      errors: [{ field: 'as', message: `A ${roles.holder} cannot be linked to a ${roles.over} as ${link.as}` }],
    })
  }
  await grant(tx, setting.caller.schoolId, link)
}

export async function grant(tx: Transaction, schoolId: string, { holderId, overId, as }: Link): Promise<void> {
  const [made] = await tx.query<HeldLink>(
    `insert into link (school_id, holder_id, over_id, link_as, active, version) values ($1, $2, $3, $4, true, 1)
     on conflict (holder_id, over_id, link_as) do update set active = true, version = link.version + 1 where not link.active returning ${columns}`,
    [schoolId, holderId, overId, as],
  )
  if (made) tx.publish(linkEvent(schoolId, made))
}

/** Both people locked against a change of role, and within reach; a tutor binds only what `tutorMay` leaves to him. */
async function allowed(tx: Transaction, { caller, link, newcomer }: Setting): Promise<{ holder: Role; over: Role }> {
  const rows = await tx.query<{ id: string; role: Role; reached: boolean }>(
    `select id, role, (${reaching(caller, 'id')} or id = $3) as reached from membership where id in ($1, $2) order by id for share`,
    [link.holderId, link.overId, newcomer ?? null],
  )
  const holder = rows.find(({ id, reached }) => reached && id === link.holderId)
  const over = rows.find(({ id, reached }) => reached && id === link.overId)
  const may = caller.reach === 'school' || tutorMay(caller.userId, link, over !== undefined)
  if (!holder || !over || !may) throw new Failure('not_found')
  return { holder: holder.role, over: over.role }
}

/** Ends every link of a member whose role changes: none of them can be taken for granted any more. */
export async function dropLinks(tx: Transaction, { id, schoolId }: { id: string; schoolId: string }): Promise<void> {
  const dropped = await tx.query<HeldLink>(
    `update link set active = false, version = version + 1 where active and (holder_id = $1 or over_id = $1) returning ${columns}`,
    [id],
  )
  tx.publish(...dropped.map((link) => linkEvent(schoolId, link)))
}

/** One page of a school's links, ended ones too, for saying them again. */
export const pageOfLinks = (tx: Transaction, after: HeldLink | undefined, limit: number) =>
  tx.query<HeldLink>(
    `select ${columns} from link where $1::uuid is null or (holder_id, over_id, link_as) > ($1, $2::uuid, $3::text)
     order by holder_id, over_id, link_as limit $4`,
    [after?.holderId ?? null, after?.overId ?? null, after?.as ?? null, limit],
  )
