import { randomUUIDv7 } from 'node:crypto'
import { keyFrom } from '@repitbot/kit/seal'
import { serviceSecret } from '@repitbot/kit/testing/world'
import { unsubscribeToken } from '../../../services/notification/src/flows/unsubscribe-tokens.ts'
import { none, type Samples } from './sample.ts'

const nobody = { schoolId: randomUUIDv7(), userId: randomUUIDv7() }

export const notificationSamples: Pick<Samples, 'inbox' | 'preferences' | 'unsubscribe' | 'broadcasts'> = {
  inbox: {
    list: { args: none },
    unread: { args: none },
    stream: { args: none },
    read: {
      owners: ['tutor', 'student', 'parent', 'sibling', 'otherParent', 'studentB'],
      args: async ({ notice }, { owner }) => ({ noticeId: await notice(owner) }),
    },
    deliveries: {
      owners: ['tutor', 'student', 'parent', 'sibling', 'otherParent', 'studentB'],
      args: async ({ notice }, { owner }) => ({ noticeId: await notice(owner) }),
    },
    readAll: { args: async ({ notice }, { caller }) => ({ upTo: await notice(caller) }) },
  },
  preferences: {
    get: { args: none },
    change: { args: () => ({ digestAt: '19:00', version: 1 }) },
    channels: { args: none },
    test: { args: () => ({ channel: 'email' }) },
  },
  unsubscribe: { byLetter: { args: () => ({ token: unsubscribeToken(keyFrom(serviceSecret, 'unsubscribe'), nobody) }) } },
  broadcasts: {
    preview: { args: () => ({ roles: ['student'], text: 'Hello' }) },
    send: { args: () => ({ roles: ['student'], text: 'Hello' }) },
    list: { args: none },
    get: {
      owners: ['tutor', 'otherTutor', 'tutorB', 'admin'],
      args: async ({ broadcast }, { owner }) => ({ broadcastId: await broadcast(owner) }),
    },
  },
}
