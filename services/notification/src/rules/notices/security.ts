import { browser, text } from '../kinds.ts'
import { notice } from '../notice.ts'

const everybody = ['student', 'parent', 'tutor'] as const
const always = () => true

/** Notices of what was done with a person's account, by every channel and at any hour. */
export const securityNotices = {
  signed_in: notice({ to: everybody, params: { agent: browser, address: text }, bypass: always, everywhere: true }),
  telegram_linked: notice({ to: everybody, params: {}, bypass: always, everywhere: true }),
}
