import type { Membership, TelegramEntered } from '@repitbot/contracts/auth'
import { accessSecondsMax } from '@repitbot/contracts/trust'
import { Failure, orThrow } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { chooseMembership } from '../rules/choose-membership.ts'
import { cardOf, type Member } from '../rules/person.ts'
import type { Session } from '../rules/session.ts'
import { newSession } from './open-session.ts'
import { signAccess } from './sign-access.ts'

/** The origin of the bot's sessions, as people see it in the list of theirs. */
export const chat = { agent: 'Telegram', address: '' }

/** Lets the bot act for the person who writes to it: Telegram has checked who they are, as a password would. */
export async function enterByTelegram(deps: Deps, { telegramId, userId }: { telegramId: string; userId?: string | undefined }) {
  const found = await deps.store.findByTelegram(telegramId)
  if (!found) throw new Failure('telegram_not_linked')
  const member = orThrow(chooseMembership(found, userId))
  const session = newSession(deps, { personId: found.person.id, userId: member.userId, telegram: true }, chat)
  const opened = await deps.store.openByTelegram(session, { telegramId, schoolId: member.schoolId })
  return toTelegramReply(deps, opened, found.memberships)
}

export async function toTelegramReply(
  deps: Deps,
  { session, member }: { session: Session; member: Member },
  memberships: Membership[],
): Promise<TelegramEntered> {
  const accessToken = await signAccess(deps, { ...member, userId: member.id, sessionId: session.id })
  return { accessToken, expiresIn: accessSecondsMax, userId: member.id, memberships, card: cardOf(member) }
}
