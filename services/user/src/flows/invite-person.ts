import { randomBytes, randomUUIDv7 } from 'node:crypto'
import type { Caller } from '@repitbot/contracts/endpoint'
import type { MadeInvitation, NewInvitation } from '@repitbot/contracts/people'
import { Failure, orThrow } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { canInvite, invite, missingStudents, type StoredInvitation, termsOf, toInvitationReply } from '../rules/invitation.ts'
import { pairingCode } from '../rules/pairing-code.ts'
import { hashOf } from '../rules/secrets.ts'
import { deepLink } from '../rules/telegram.ts'

/** Makes an invitation. Its token, and its code if it has one, are in this reply and nowhere else. */
export async function invitePerson(
  { store, secrets, publicUrl, telegramUrl, now }: Deps,
  caller: Caller,
  request: NewInvitation,
): Promise<MadeInvitation> {
  const { role, userId, studentIds = [] } = request
  if (!canInvite(caller.role, role)) throw new Failure('forbidden')
  const fault = userId === undefined ? missingStudents(role, studentIds) : needlessStudents(studentIds)
  if (fault) throw new Failure('invalid_input', { errors: [fault] })
  // 22 characters: with its prefix the start parameter of a Telegram link has at most 64.
  const token = randomBytes(16).toString('base64url')
  const { hoursMax, hasCode } = termsOf(role)
  const code = hasCode ? newCode() : null
  const invitation: StoredInvitation = {
    id: randomUUIDv7(),
    schoolId: caller.schoolId,
    role,
    userId: userId ?? null,
    studentIds,
    invitedBy: caller.userId,
    tokenHash: hashOf(secrets, 'token', token),
    codeHash: code === null ? null : hashOf(secrets, 'code', code),
    expiresAt: new Date(now().getTime() + hoursMax * 3_600_000),
    acceptedAt: null,
  }
  await store.addInvitation(caller, invitation, (invitees) => orThrow(invite(invitation, invitees)))
  const telegramLink = telegramUrl ? deepLink(telegramUrl, 'inv', token) : null
  return { ...toInvitationReply(invitation), token, code, link: `${publicUrl}/invite#${token}`, telegramLink }
}

const needlessStudents = (studentIds: string[]) =>
  studentIds.length ? { field: 'studentIds', message: 'Leave it out: who is in the school already has links of their own' } : undefined

function newCode(): string {
  for (;;) {
    const code = pairingCode(randomBytes(32))
    if (code) return code
  }
}
