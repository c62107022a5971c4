import type { Caller } from '@repitbot/contracts/endpoint'
import type { Link } from '@repitbot/contracts/people'
import { Failure, orThrow } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { grantLink, type LinkOutcome, type LinkState, revokeLink } from '../rules/link.ts'

/** Links two people; nothing happens when they are linked. People out of the caller's reach are `not_found`. */
export const linkPeople = ({ store }: Deps, caller: Caller, link: Link): Promise<void> =>
  store.changeLink(caller, link, (state) => grantLinkOrThrow(caller, state))

export const unlinkPeople = ({ store }: Deps, caller: Caller, link: Link): Promise<void> =>
  store.changeLink(caller, link, (state) => orThrow(revokeLink(caller, state)))

export function grantLinkOrThrow(caller: Caller, state: LinkState): LinkOutcome {
  const outcome = orThrow(grantLink(caller, state))
  if ('field' in outcome) throw new Failure('invalid_input', { errors: [outcome] })
  return outcome
}
