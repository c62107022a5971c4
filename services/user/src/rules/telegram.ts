import type { TelegramAnswer, TelegramConfirmation } from '@repitbot/contracts/auth'
import type { FailureCode } from '@repitbot/contracts/failures'

/** What a page asks of a chat. `personId` is who asks (link) or who has confirmed (login), `telegramId` who has answered. */
export type TelegramRequest = {
  id: string
  kind: TelegramConfirmation['kind']
  state: TelegramAnswer['state']
  personId: string | null
  userId: string | null
  telegramId: string | null
  agent: string
  address: string
  expiresAt: Date
}
/** `holderId` is the person that this Telegram id belongs to, `active` his open memberships or those of the account that asks. */
export type Answering = {
  telegramId: string
  answer?: TelegramConfirmation['answer']
  holderId: string | undefined
  active: { userId: string; name: string }[]
}
export type Answered = { state: TelegramRequest['state']; personId: string; name: string }

export const minutesMax = 10

/** The address that opens the bot with a word to begin with: 64 characters of A-Z a-z 0-9 _ - at most. */
export function deepLink(telegramUrl: string, what: 'inv' | 'login' | 'link', token: string): string {
  const url = new URL(telegramUrl)
  url.searchParams.set('start', `${what}_${token}`)
  return url.toString()
}

/** The first answer stands. Whoever gave it may see it again, and nobody else. */
export function answered(request: TelegramRequest, { telegramId, answer, holderId, active }: Answering): Answered | FailureCode {
  if (request.state !== 'asked' && request.telegramId !== telegramId) return 'link_not_valid'
  const personId = request.kind === 'login' ? holderId : request.personId
  if (!personId) return 'telegram_not_linked'
  if (holderId && holderId !== personId) return 'telegram_taken'
  const [own] = active.filter(({ userId }) => request.userId === null || userId === request.userId)
  if (!own) return 'membership_closed'
  const given = answer && (answer === 'yes' ? 'confirmed' : 'declined')
  return { state: request.state === 'asked' ? (given ?? 'asked') : request.state, personId, name: own.name }
}
