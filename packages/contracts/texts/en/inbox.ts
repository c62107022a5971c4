import type * as ru from '../ru/inbox.ts'
import type { Translated } from '../translated.ts'

export const web: Translated<typeof ru.web> = {
  inbox: 'Inbox',
  inboxEmpty: 'News will be here: lessons, reports and achievements.',
  readAll: 'Read all',
  unreadMark: 'new',
  inboxUnread: 'Inbox, unread: {{unread}}',
  unreadGroup: 'Unread',
  readMark: 'read',
  markRead: 'Mark as read',
  older: 'Show older',
  deliveryOf: 'How it was delivered: {{title}}',
  readHere: 'Read here: {{when}}',
  notReadHere: 'Not read here yet',
  inboxOnly: 'In the inbox only: there was no other channel.',
  delivery_waiting: 'Waiting',
  delivery_sent: 'Sent',
  delivery_uncertain: 'Uncertain',
  delivery_failed: 'Failed',
  delivery_blocked: 'Blocked',
  delivery_expired: 'Out of date',
  delivery_notJoined: 'Has not joined yet',
  delivery_inbox: 'In the inbox',
}

export const unknown: Translated<typeof ru.unknown> = { child: 'Your child', student: 'A student' }

export const outward: Translated<typeof ru.outward> = {
  open: 'Open in RepitBot',
  whole: 'Read all of it on the page',
  digest: 'New progress',
  mailFooter: 'Sent by RepitBot. Channels and quiet hours are set in your profile.',
  unsubscribe: 'Stop e-mails like this',
}
