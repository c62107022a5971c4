import type { Caller } from '@repitbot/contracts/endpoint'
import type { Person, ProfileChange, Role } from '@repitbot/contracts/people'
import { orThrow } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { disabled, enabled, profileChanged, roleChanged } from '../rules/change.ts'
import { type Member, type Outcome, shown } from '../rules/person.ts'
import { tellEnded } from './open-session.ts'

type Decide = (member: Member, otherAdmins: number) => Outcome

export const changePerson = (deps: Deps, caller: Caller, { userId, change }: { userId: string; change: ProfileChange }) =>
  changed(deps, caller, { userId, decide: (member) => profileChanged(member, change) })

export const disablePerson = (deps: Deps, caller: Caller, userId: string) =>
  changed(deps, caller, { userId, decide: (member, otherAdmins) => orThrow(disabled(member, otherAdmins)) })

export const enablePerson = (deps: Deps, caller: Caller, userId: string) => changed(deps, caller, { userId, decide: enabled })

export const changeRole = (deps: Deps, caller: Caller, { userId, role }: { userId: string; role: Role }) =>
  changed(deps, caller, { userId, decide: (member, otherAdmins) => orThrow(roleChanged(member, role, otherAdmins)) })

async function changed(deps: Deps, caller: Caller, { userId, decide }: { userId: string; decide: Decide }): Promise<Person> {
  const { member, ended } = await deps.store.changeMember(caller, userId, decide, deps.now())
  tellEnded(deps, ended)
  return shown(member)
}
