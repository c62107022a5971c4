import type { Caller } from '@repitbot/contracts/endpoint'
import type { NewRole, Person } from '@repitbot/contracts/people'
import type { ProfileChange } from '@repitbot/contracts/profile'
import { checkVersion, orThrow } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import * as rules from '../rules/change-member.ts'
import { type Member, type Outcome, toPersonReply } from '../rules/person.ts'
import { signalEnded } from './open-session.ts'

type Decide = (member: Member, otherAdmins: number) => Outcome

type Change = { userId: string; version: number; change: ProfileChange }
export const changePerson = (deps: Deps, caller: Caller, { userId, version, change }: Change) =>
  changeMember(deps, caller, { userId, decide: seen(version, (member) => rules.changeProfile(member, change)) })

export const disablePerson = (deps: Deps, caller: Caller, userId: string) =>
  changeMember(deps, caller, { userId, decide: (member, otherAdmins) => orThrow(rules.disable(member, otherAdmins)) })

export const enablePerson = (deps: Deps, caller: Caller, userId: string) => changeMember(deps, caller, { userId, decide: rules.enable })

export const changeRole = (deps: Deps, caller: Caller, { userId, version, ...given }: NewRole & { userId: string }) =>
  changeMember(deps, caller, {
    userId,
    decide: seen(version, (member, otherAdmins) => orThrow(rules.changeRole(member, given, otherAdmins))),
  })

/** A decision about the version that the caller has seen. The same change again changes nothing, so it is no conflict. */
const seen =
  (version: number, decide: Decide): Decide =>
  (member, otherAdmins) => {
    const outcome = decide(member, otherAdmins)
    if (outcome.events.length) checkVersion(member, version)
    return outcome
  }

async function changeMember(deps: Deps, caller: Caller, { userId, decide }: { userId: string; decide: Decide }): Promise<Person> {
  const { member, ended } = await deps.store.changeMember(caller, userId, decide, deps.now())
  signalEnded(deps, ended)
  return toPersonReply(member)
}
