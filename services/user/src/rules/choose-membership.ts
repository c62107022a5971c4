import type { Membership } from '@repitbot/contracts/auth'
import type { FailureCode } from '@repitbot/contracts/failures'

/** The membership to sign in as, of a person's active ones: the one named, else the one used last, else the first. */
export function chooseMembership(
  { memberships, lastUserId }: { memberships: Membership[]; lastUserId: string | undefined },
  userId?: string,
): Membership | FailureCode {
  const find = (id: string | undefined) => memberships.find((one) => one.userId === id)
  if (userId !== undefined) return find(userId) ?? 'not_found'
  return find(lastUserId) ?? memberships[0] ?? 'membership_closed'
}
