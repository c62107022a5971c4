import type { Transaction } from '@repitbot/kit/database'
import type { Signals } from '@repitbot/kit/signals'

/** What the store needs besides the database: signals to wake open streams, and whether there is a channel besides the inbox. */
export type StoreOptions = { signals: Signals; hasChannels: boolean }

/** Wakes the open inboxes of these people once the transaction is committed: a reader woken earlier would not yet see the change. */
export function wakeReaders(tx: Transaction, { signals }: StoreOptions, notices: { recipientId: string }[]): void {
  const recipients = [...new Set(notices.map(({ recipientId }) => recipientId))]
  if (recipients.length) tx.after(() => signals.send('inbox', { recipients }))
}

/** The same for the open pages that show lessons. */
export function wakeLessonPages(tx: Transaction, { signals }: StoreOptions, recipients: string[]): void {
  tx.after(() => signals.send('lessons', { recipients }))
}
