import type { Channel as ChannelName, Language, PersonCard } from '@repitbot/contracts/person-card'

/** A message for a channel. `id` is the same at each attempt; `link` opens the page about it; `unsubscribe` is in those that many people get. */
export type Message = {
  id: string
  to: string
  /** The name of the school that it is from; unknown until the school says it. */
  school: string | undefined
  language: Language
  title: string
  body: string
  link: { url: string; label: string }
  unsubscribe?: { url: string; label: string } | undefined
}

/**
 * The result of an attempt. `blocked`: the person has blocked us. `refused`: the provider will never take it. `later`: it certainly did not
 * arrive. `unknown`: the answer was lost, so it may have arrived.
 */
export type Outcome =
  | { kind: 'sent' | 'blocked' }
  | { kind: 'refused' | 'unknown'; reason: string }
  | { kind: 'later'; reason: string; afterMs?: number }

/** A way to send messages, besides the inbox. A channel that is not configured does not exist. */
export type Channel = {
  name: ChannelName
  /** Whether a message that may have arrived is sent again: then it may come twice, else it may never come. */
  sendsAgain: boolean
  addressOf(card: PersonCard): string | null
  /** How long to wait before a message may be sent to this address; 0 when it may be sent now. */
  waitMs(address: string): Promise<number>
  send(message: Message): Promise<Outcome>
}
