import type { Channel as ChannelName, Language, PersonCard } from '@repitbot/contracts/people'

/** What leaves by a channel. `id` is the same however often it is tried; `link` opens what it is about on the page. */
export type Message = { id: string; to: string; language: Language; title: string; body: string; link: { url: string; label: string } }

/**
 * What came of it. `blocked` is the person's own wish; `refused` will never be taken; `later` certainly did not arrive; of `unknown` nobody
 * can tell, because the answer was lost.
 */
export type Outcome =
  | { kind: 'sent' | 'blocked' }
  | { kind: 'refused' | 'unknown'; why: string }
  | { kind: 'later'; why: string; afterMs?: number }

/** A way out of the service, beside the inbox. One that is not configured is not there. */
export type Channel = {
  name: ChannelName
  /** Whether a message is sent again when nobody knows if it arrived: it may come twice, where the other choice is that it may not come at all. */
  sendsAgain: boolean
  addressOf(card: PersonCard): string | null
  /** How long to wait before a message may go to this address; nothing when it is its turn now. */
  waitMs(address: string): Promise<number>
  send(message: Message): Promise<Outcome>
}
