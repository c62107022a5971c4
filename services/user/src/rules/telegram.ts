import type { NewEvent } from '@repitbot/contracts/events'
import type { FailureCode } from '@repitbot/contracts/failures'
import type { TelegramAnswer, TelegramConfirmation } from '@repitbot/contracts/telegram-confirmation'
import type { Person, PersonMembership } from './person.ts'

/** A page's request to a chat. `personId`: who asks to be linked, or who confirmed a login; `telegramId`: the account that answered. */
export type TelegramRequest = {
  id: string
  kind: TelegramConfirmation['kind']
  state: TelegramAnswer['state']
  personId: string | null
  userId: string | null
  telegramId: string | null
  agent: string
  address: string
  /** The numbers that a login lets the chat choose from; the page shows the first. */
  choices: number[]
  expiresAt: Date
}
/** `holderId` is the person who has this Telegram id. `memberships` are those of the person that the request is about: see `personOf`. */
export type ChatAnswer = {
  telegramId: string
  answer?: TelegramConfirmation['answer']
  number?: number | undefined
  holderId: string | undefined
  /** The Telegram id that the person of the request has already. */
  linkedId?: string | null
  memberships: PersonMembership[]
}
/** `request` is the given one itself when nothing changes. `links`: this person is to have this Telegram id from now on. */
export type AnswerOutcome = {
  request: TelegramRequest
  name: string
  links?: { personId: string; telegramId: string }
  events: NewEvent[]
}

export const minutesMax = 10

/** The address that opens the bot with a start parameter: at most 64 characters of A-Z a-z 0-9 _ -. */
export function deepLink(telegramUrl: string, what: 'inv' | 'login' | 'link', token: string): string {
  const url = new URL(telegramUrl)
  url.searchParams.set('start', `${what}_${token}`)
  return url.toString()
}

/** A login is about the person who has the Telegram id; a link is about the person who asks for it. */
export const personOf = ({ kind, personId }: Pick<TelegramRequest, 'kind' | 'personId'>, holderId: string | undefined) =>
  (kind === 'login' ? holderId : personId) ?? undefined

/**
 * The first answer counts. The account that gave it may see it again, and no other. Without an answer nothing changes. A yes to a login counts
 * only with the number that its page shows, so that nobody says yes to the page of somebody else; another number ends the request.
 */
export function answerRequest(
  request: TelegramRequest,
  { telegramId, answer, number, holderId, linkedId = null, memberships }: ChatAnswer,
): AnswerOutcome | FailureCode {
  if (request.state !== 'asked' && request.telegramId !== telegramId) return 'link_not_valid'
  const personId = personOf(request, holderId)
  if (!personId) return 'telegram_not_linked'
  if (holderId && holderId !== personId) return 'telegram_taken'
  if (request.kind === 'link' && linkedId !== null && linkedId !== telegramId) return 'telegram_linked_already'
  const own = memberships.find(({ active, userId }) => active && (request.userId === null || userId === request.userId))
  if (!own) return 'membership_closed'
  if (request.state !== 'asked' || !answer) return { request, name: own.name, events: [] }
  const isYes = answer === 'yes' && (request.kind === 'link' || (number !== undefined && number === request.choices[0]))
  const next: TelegramRequest = { ...request, state: isYes ? 'confirmed' : 'declined', telegramId, personId }
  if (request.kind !== 'link' || !isYes) return { request: next, name: own.name, events: [] }
  const linked: NewEvent = { name: 'telegram.linked', schoolId: own.schoolId, body: { userId: own.userId, requestId: request.id } }
  return { request: next, name: own.name, links: { personId, telegramId }, events: [linked] }
}

/** Refused when nothing but the Telegram account lets the person sign in. */
export function unlinkTelegram(person: Person): Person | FailureCode {
  if (!person.telegramId) return person
  return person.email === null ? 'no_other_sign_in' : { ...person, telegramId: null }
}
