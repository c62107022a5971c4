import { accessSecondsMax, type Membership, type TelegramEntered } from '@repitbot/contracts/auth'
import { Failure } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { cardOf, type Member } from '../rules/person.ts'
import type { Session } from '../rules/session.ts'
import { newSession } from './open-session.ts'
import { signAccess } from './sign-access.ts'

/** Where the bot's sessions come from, as their person reads it in the list. */
export const chat = { agent: 'Telegram', address: '' }

/** The bot goes on in the name of whom Telegram says is writing: Telegram has checked who he is, as a password would. */
export async function enterByTelegram(deps: Deps, { telegramId, userId }: { telegramId: string; userId?: string | undefined }) {
  const found = await deps.store.findByTelegram(telegramId)
  if (!found) throw new Failure('telegram_not_linked')
  const member = chosen(found, userId)
  const asked = newSession(deps, { personId: found.person.id, userId: member.userId, telegram: true }, chat)
  const opened = await deps.store.openByTelegram(asked, { telegramId, schoolId: member.schoolId })
  return telegramEntered(deps, opened, found.memberships)
}

/** The membership to enter: the one named, the one used last, or the first. */
export function chosen(
  { memberships, lastUserId }: { memberships: Membership[]; lastUserId: string | undefined },
  userId?: string,
): Membership {
  if (userId !== undefined) {
    const named = memberships.find((one) => one.userId === userId)
    if (!named) throw new Failure('not_found')
    return named
  }
  const member = memberships.find((one) => one.userId === lastUserId) ?? memberships[0]
  if (!member) throw new Failure('membership_closed')
  return member
}

export async function telegramEntered(
  deps: Deps,
  { session, member }: { session: Session; member: Member },
  memberships: Membership[],
): Promise<TelegramEntered> {
  const accessToken = await signAccess(deps, { ...member, userId: member.id, sessionId: session.id })
  return { accessToken, expiresIn: accessSecondsMax, userId: member.id, memberships, card: cardOf(member) }
}
