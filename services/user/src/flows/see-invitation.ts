import type { InvitationProof, SeenInvitation } from '@repitbot/contracts/acceptance'
import type { Origin } from '@repitbot/contracts/endpoint'
import { orThrow } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { refusalOf } from '../rules/accept-invitation.ts'
import { findInvitation } from './accept-invitation.ts'
import { attemptFrom, tryWithLimits } from './try-with-limits.ts'

/** What an invitation is for, told to whoever holds it before anything is typed; it is not used up. The limits are those of accepting it. */
export async function seeInvitation(deps: Deps, proof: InvitationProof, origin: Origin): Promise<SeenInvitation> {
  return tryWithLimits(deps, [attemptFrom(origin, 'accept', { isCode: proof.code !== undefined })], async () => {
    const found = await findInvitation(deps, proof)
    const { state, students } = await deps.store.seeInvitation(found)
    const { invitation, school, inviter, invitees } = state
    orThrow(refusalOf(state, deps.now()) ?? {})
    return {
      school: school.name,
      role: invitation.role,
      invitedBy: inviter.name,
      name: invitees.member?.name ?? null,
      students,
      expiresAt: invitation.expiresAt.toISOString(),
    }
  })
}
