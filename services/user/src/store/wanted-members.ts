import type { Caller } from '@repitbot/contracts/endpoint'
import type { PeopleSort, PeopleState, WantedPeople } from '@repitbot/contracts/wanted-people'
import { nameKeys } from '../rules/name-key.ts'
import { withinReach } from './within-reach.ts'

export type PageOfPeople = WantedPeople & { sort: PeopleSort; after?: string | undefined; limit: number }
/** Each in the order of an index, which a page is read from; ids grow with time. */
const orders: Record<PeopleSort, { order: string; isAfter: string }> = {
  added: { order: 'm.id', isAfter: 'm.id > $7' },
  newest: { order: 'm.id desc', isAfter: 'm.id < $7' },
  name: {
    order: 'm.name_key, m.id',
    isAfter: '(m.name_key, m.id) > (select before.name_key, before.id from membership before where before.id = $7)',
  },
}
const signsIn = '(p.email is not null or p.telegram_id is not null)'
const inState: Record<PeopleState, string> = {
  here: 'm.active',
  joined: `m.active and ${signsIn}`,
  notJoined: `m.active and not ${signsIn}`,
  archived: 'not m.active',
}

/**
 * The people asked for among those within reach: a condition on `membership m join person p`. The school is named although row-level
 * security allows no other one: its list of schools gives no order, one school does.
 */
export function wantedMembers(caller: Caller, { role, state, search = '', linkedTo, teaches, others }: WantedPeople) {
  const condition = `m.school_id = $1 and ${withinReach(caller, 'm.id')} and ${state ? inState[state] : 'true'}
    and ($2::text is null or m.role = $2) and (not $3 or m.role = 'tutor' or m.teaches) and ($4::uuid is null or m.id <> $4)
    and not exists (select from unnest($5::text[]) part where strpos(m.name_key, part collate "C") = 0)
    and ($6::uuid is null or m.id in (select over_id from link where holder_id = $6 and active union all
      select holder_id from link where over_id = $6 and active))`
  const own = others ? caller.userId : null
  return { condition, values: [caller.schoolId, role ?? null, teaches !== undefined, own, nameKeys(search), linkedTo ?? null] }
}

/** The same with what follows it: where a page begins, its order and its length. */
export function pageOfWanted(caller: Caller, { sort, after, limit, ...wanted }: PageOfPeople) {
  const { order, isAfter } = orders[sort]
  const { condition, values } = wantedMembers(caller, wanted)
  return {
    condition: `${condition} and ($7::uuid is null or ${isAfter}) order by ${order} limit $8`,
    values: [...values, after ?? null, limit],
  }
}
