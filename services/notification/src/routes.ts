import type { Routes } from '@repitbot/contracts/endpoint'
import type { inboxApi } from '@repitbot/contracts/inbox'
import { countUnread, markAllRead, markRead, readInbox } from './flows/read-inbox.ts'
import { watchInbox } from './flows/watch-inbox.ts'
import type { Inside } from './inside.ts'

export const routes = (inside: Inside): Routes<typeof inboxApi> => ({
  list: ({ caller, query }) => readInbox(inside, caller, query),
  unread: ({ caller }) => countUnread(inside, caller),
  stream: async ({ caller, lastEventId, signal }) => watchInbox(inside, caller, { lastEventId, signal }),
  read: ({ caller, params }) => markRead(inside, caller, params.noticeId),
  readAll: ({ caller, body }) => markAllRead(inside, caller, body.upTo),
})
