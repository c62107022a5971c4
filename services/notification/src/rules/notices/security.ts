import type { ConsumedEvent } from '@repitbot/contracts/events'
import { browser, type ParamsOf, roleName, text, toBrowser } from '../kinds.ts'
import { notice } from '../notice.ts'

const everybody = ['student', 'parent', 'tutor'] as const
const always = () => true

/** Notices of what was done with a person's account, by every channel and at any hour. */
export const securityNotices = {
  signed_in: notice({ to: everybody, params: { agent: browser, address: text }, bypass: always, everywhere: true }),
  telegram_linked: notice({ to: everybody, params: {}, bypass: always, everywhere: true }),
  password_changed: notice({ to: everybody, params: {}, bypass: always, everywhere: true }),
  role_changed: notice({ to: everybody, params: { role: roleName }, bypass: always, everywhere: true }),
}

type Rows = typeof securityNotices
/** What an event of an account is told as; a repeat of the event has the same `version`. */
export type SecurityNotice = { [C in keyof Rows]: { code: C; params: ParamsOf<Rows[C]['params']>; version: string } }[keyof Rows]
type Body<N extends 'session.opened' | 'telegram.linked' | 'password.changed' | 'role.changed'> = ConsumedEvent<N>['body']

export const signedIn = ({ agent, address, sessionId }: Body<'session.opened'>): SecurityNotice => ({
  code: 'signed_in',
  params: { agent: toBrowser(agent), address },
  version: sessionId,
})
export const telegramLinked = ({ requestId }: Body<'telegram.linked'>): SecurityNotice => ({
  code: 'telegram_linked',
  params: {},
  version: requestId,
})
export const passwordChanged = ({ changeId }: Body<'password.changed'>): SecurityNotice => ({
  code: 'password_changed',
  params: {},
  version: changeId,
})
export const roleChanged = ({ role, version }: Body<'role.changed'>): SecurityNotice => ({
  code: 'role_changed',
  params: { role },
  version: String(version),
})
