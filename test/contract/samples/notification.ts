import { none, type Samples } from './sample.ts'

export const notificationSamples: Pick<Samples, 'inbox' | 'preferences' | 'broadcasts'> = {
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
