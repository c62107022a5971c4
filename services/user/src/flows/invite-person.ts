import { randomBytes, randomUUIDv7 } from 'node:crypto'
import type { Caller } from '@repitbot/contracts/endpoint'
import type { MadeInvitation, NewInvitation } from '@repitbot/contracts/people'
import { Failure } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { daysMax, type Invited, lacking, mayBring, shownInvitation } from '../rules/invitation.ts'
import { pairingCode } from '../rules/pairing-code.ts'
import { hashOf } from '../rules/secrets.ts'
import { deepLink } from '../rules/telegram.ts'

/** Makes an invitation, and tells its token and code this once. */
export async function invitePerson(
  { store, secrets, publicUrl, telegramUrl, now }: Deps,
  caller: Caller,
  asked: NewInvitation,
): Promise<MadeInvitation> {
  const { role, userId, studentIds = [] } = asked
  if (!mayBring(caller.role, role)) throw new Failure('forbidden')
  const wrong = userId === undefined ? lacking(role, studentIds) : taking(studentIds)
  if (wrong) throw new Failure('invalid_input', { errors: [wrong] })
  // 22 characters: a messenger's deep link carries no more than 64 with its prefix.
  const token = randomBytes(16).toString('base64url')
  const code = newCode()
  const invited: Invited = {
    id: randomUUIDv7(),
    schoolId: caller.schoolId,
    role,
    userId: userId ?? null,
    studentIds,
    invitedBy: caller.userId,
    tokenHash: hashOf(secrets, 'token', token),
    codeHash: hashOf(secrets, 'code', code),
    expiresAt: new Date(now().getTime() + daysMax * 86_400_000),
    acceptedAt: null,
  }
  await store.insertInvitation(caller, invited)
  const telegramLink = deepLink(telegramUrl, 'inv', token)
  return { ...shownInvitation(invited), token, code, link: `${publicUrl}/invite#${token}`, telegramLink }
}

const taking = (studentIds: string[]) =>
  studentIds.length ? { field: 'studentIds', message: 'Leave it out: who is in the school already has links of their own' } : undefined

function newCode(): string {
  for (;;) {
    const code = pairingCode(randomBytes(32))
    if (code) return code
  }
}
