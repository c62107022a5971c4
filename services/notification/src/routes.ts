import type { broadcastApi } from '@repitbot/contracts/broadcast'
import type { Routes } from '@repitbot/contracts/endpoint'
import type { inboxApi } from '@repitbot/contracts/inbox'
import type { preferencesApi } from '@repitbot/contracts/preferences'
import type { unsubscribeApi } from '@repitbot/contracts/unsubscribe'
import type { Deps } from './deps.ts'
import { changePreferences, listChannels, stopBulkEmail, testChannel } from './flows/change-preferences.ts'
import { countUnread, listDeliveries, markAllRead, markRead, readInbox } from './flows/read-inbox.ts'
import { previewBroadcast, reportBroadcast, sendBroadcast } from './flows/send-broadcast.ts'
import { watchInbox } from './flows/watch-inbox.ts'

export const inboxRoutes = (deps: Deps): Routes<typeof inboxApi> => ({
  list: ({ caller, query }) => readInbox(deps, caller, query),
  unread: ({ caller }) => countUnread(deps, caller),
  stream: async ({ caller, lastEventId, signal }) => watchInbox(deps, caller, { lastEventId, signal }),
  read: ({ caller, params }) => markRead(deps, caller, params.noticeId),
  deliveries: ({ caller, params }) => listDeliveries(deps, caller, params.noticeId),
  readAll: ({ caller, body }) => markAllRead(deps, caller, body.upTo),
})

export const preferencesRoutes = (deps: Deps): Routes<typeof preferencesApi> => ({
  get: ({ caller }) => deps.store.getPreferences(caller),
  change: ({ caller, body }) => changePreferences(deps, caller, body),
  channels: ({ caller }) => listChannels(deps, caller),
  test: ({ caller, body }) => testChannel(deps, caller, body.channel),
})

export const unsubscribeRoutes = (deps: Deps): Routes<typeof unsubscribeApi> => ({
  byLetter: ({ query }) => stopBulkEmail(deps, query.token),
})

export const broadcastRoutes = (deps: Deps): Routes<typeof broadcastApi> => ({
  preview: ({ caller, body }) => previewBroadcast(deps, caller, body),
  send: ({ caller, body }) => sendBroadcast(deps, caller, body),
  list: ({ caller }) => deps.store.listBroadcasts(caller),
  get: ({ caller, params }) => reportBroadcast(deps, caller, params.broadcastId),
})
