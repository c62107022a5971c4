import type { broadcastApi } from '@repitbot/contracts/broadcast'
import type { Routes } from '@repitbot/contracts/endpoint'
import type { inboxApi } from '@repitbot/contracts/inbox'
import type { preferencesApi } from '@repitbot/contracts/preferences'
import { changePreferences, testChannel } from './flows/change-preferences.ts'
import { countUnread, listDeliveries, markAllRead, markRead, readInbox } from './flows/read-inbox.ts'
import { listBroadcasts, previewBroadcast, reportBroadcast, sendBroadcast } from './flows/send-broadcast.ts'
import { watchInbox } from './flows/watch-inbox.ts'
import type { Inside } from './inside.ts'

export const inboxRoutes = (inside: Inside): Routes<typeof inboxApi> => ({
  list: ({ caller, query }) => readInbox(inside, caller, query),
  unread: ({ caller }) => countUnread(inside, caller),
  stream: async ({ caller, lastEventId, signal }) => watchInbox(inside, caller, { lastEventId, signal }),
  read: ({ caller, params }) => markRead(inside, caller, params.noticeId),
  deliveries: ({ caller, params }) => listDeliveries(inside, caller, params.noticeId),
  readAll: ({ caller, body }) => markAllRead(inside, caller, body.upTo),
})

export const preferencesRoutes = (inside: Inside): Routes<typeof preferencesApi> => ({
  get: ({ caller }) => inside.store.transaction(caller, (unit) => unit.getPreferences(caller.userId)),
  change: ({ caller, body }) => changePreferences(inside, caller, body),
  test: ({ caller, body }) => testChannel(inside, caller, body.channel),
})

export const broadcastRoutes = (inside: Inside): Routes<typeof broadcastApi> => ({
  preview: ({ caller, body }) => previewBroadcast(inside, caller, body),
  send: ({ caller, body }) => sendBroadcast(inside, caller, body),
  list: ({ caller }) => listBroadcasts(inside, caller),
  get: ({ caller, params }) => reportBroadcast(inside, caller, params.broadcastId),
})
