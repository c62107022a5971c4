import type { Caller } from '@repitbot/contracts/endpoint'
import { peopleApi } from '@repitbot/contracts/people'
import { Role } from '@repitbot/contracts/person-card'
import type { Transaction } from '@repitbot/kit/database'
import { canInvite, type Invitees, type StoredInvitation } from '../rules/invitation.ts'
import type { Member } from '../rules/person.ts'
import { linkedTo, withinReach } from './within-reach.ts'

type Inviting = Pick<Caller, 'reach' | 'role' | 'userId'>

/** Somebody as the caller of the row that invites, with the reach that it gives their role; undefined for a role that may not invite. */
export function inviting({ id: userId, role }: Pick<Member, 'id' | 'role'>): Inviting | undefined {
  const who: Partial<Record<Role, Caller['reach']>> = peopleApi.endpoints.invite.who
  const reach = who[role]
  return reach && { userId, role, reach }
}

/**
 * Those whom an invitation names, as far as `by` reaches them now. The member is locked before, so that these statements see what was committed
 * while the lock was waited for.
 */
export async function findInvitees(
  tx: Transaction,
  by: Inviting,
  { studentIds, member }: Pick<StoredInvitation, 'studentIds'> & { member: Member | undefined },
): Promise<Invitees> {
  const reached = member ? await tx.query(`select from membership where id = $1 and ${withinReach(by, 'id')}`, [member.id]) : []
  const students = await tx.query<{ id: string }>(
    `select id from membership where id = any ($1) and role = 'student' and ${withinReach(by, 'id')} order by id for share`,
    [studentIds],
  )
  return { member: reached.length ? member : undefined, students: students.map(({ id }) => id) }
}

const pairs = Role.options.flatMap((by) => Role.options.filter((role) => canInvite(by, role)).map((role) => `('${by}', '${role}')`))
const reaches = (column: string) => `(i.role = 'admin' or ${linkedTo('tutor', 'i.id', column)})`

/**
 * Deletes the school's open invitations that would be refused now, so that the list of them is true and none is good again later. Acceptance
 * does not rely on this: it judges again (`rules/accept-invitation.ts`).
 */
export const deleteLostInvitations = (tx: Transaction) =>
  tx.query(
    `delete from invitation v using membership i where v.accepted_at is null and i.id = v.invited_by and not (
       i.active and (i.role, v.role) in (${pairs.join(', ')})
       and (v.user_id is null or exists (
         select from membership m where m.id = v.user_id and m.active and m.role = v.role and ${reaches('m.id')}))
       and not exists (select from unnest(v.student_ids) s (id) where not exists (
         select from membership m where m.id = s.id and m.role = 'student' and ${reaches('m.id')})))`,
  )
