import type { Me } from '@repitbot/contracts/auth'
import type { Caller } from '@repitbot/contracts/endpoint'
import type { Deps } from '../deps.ts'
import { cardOf } from '../rules/person.ts'

export async function getMe({ store }: Deps, caller: Caller): Promise<Me> {
  const member = await store.getMember(caller, caller.userId)
  const memberships = (await store.listMemberships(member.personId)).filter(({ active }) => active)
  const unconfirmedEmail = member.emailConfirmedAt ? null : member.email
  return { card: cardOf(member), schoolId: member.schoolId, sessionId: caller.sessionId, memberships, unconfirmedEmail }
}
