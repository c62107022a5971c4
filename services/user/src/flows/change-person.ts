import type { Caller } from '@repitbot/contracts/endpoint'
import type { Person, ProfileChange, Role } from '@repitbot/contracts/people'
import { agreed } from '@repitbot/kit/failure'
import type { Inside } from '../inside.ts'
import { disabled, enabled, profileChanged, roleChanged } from '../rules/change.ts'
import { type Member, type Outcome, shown } from '../rules/person.ts'
import { tellEnded } from './open-session.ts'

type Decide = (member: Member, otherAdmins: number) => Outcome

export const changePerson = (inside: Inside, caller: Caller, { userId, change }: { userId: string; change: ProfileChange }) =>
  changed(inside, caller, { userId, decide: (member) => profileChanged(member, change) })

export const disablePerson = (inside: Inside, caller: Caller, userId: string) =>
  changed(inside, caller, { userId, decide: (member, otherAdmins) => agreed(disabled(member, otherAdmins)) })

export const enablePerson = (inside: Inside, caller: Caller, userId: string) => changed(inside, caller, { userId, decide: enabled })

export const changeRole = (inside: Inside, caller: Caller, { userId, role }: { userId: string; role: Role }) =>
  changed(inside, caller, { userId, decide: (member, otherAdmins) => agreed(roleChanged(member, role, otherAdmins)) })

async function changed(inside: Inside, caller: Caller, { userId, decide }: { userId: string; decide: Decide }): Promise<Person> {
  const { member, ended } = await inside.store.changeMember(caller, userId, decide, inside.now())
  tellEnded(inside, ended)
  return shown(member)
}
