import { z } from 'zod'
import { api } from './endpoint.ts'
import { Channel } from './person-card.ts'

const Limit = z.coerce.number<number>().int().min(1).max(100).default(30)
const mine = { admin: 'own', tutor: 'own', parent: 'own', student: 'own' } as const
const one = z.strictObject({ noticeId: z.uuid() })

/** A notice as its reader sees it: the text in the reader's language and zone, and the values that it was made from. */
export const Notice = z.object({
  id: z.uuid(),
  code: z.string(),
  title: z.string(),
  /** Lines, separated by \n. */
  body: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** What it is about; the web app links to it. */
  link: z.object({ kind: z.enum(['lesson', 'series', 'student', 'person', 'day', 'broadcast']), id: z.uuid() }),
  /** The student whom it is about; absent when it is about the tutor. */
  studentId: z.uuid().optional(),
  correlationId: z.string(),
  createdAt: z.iso.datetime(),
  /** After this it is not shown any more. */
  expiresAt: z.iso.datetime(),
  readAt: z.iso.datetime().nullable(),
})
export type Notice = z.output<typeof Notice>

type Place = { giver: `/${string}`; family: `/${string}` }
/** The page of the web app that shows what a notice is about, for people who give lessons and for families. A series has no page of its own; a broadcast is read in the inbox. */
const places: Record<Notice['link']['kind'] | 'self', Place> = {
  lesson: { giver: '/week?lesson=:id', family: '/lessons/:id' },
  series: { giver: '/week', family: '/schedule?child=:student' },
  student: { giver: '/people/:id', family: '/progress?child=:student' },
  person: { giver: '/people/:id', family: '/settings' },
  self: { giver: '/settings', family: '/settings' },
  day: { giver: '/', family: '/' },
  broadcast: { giver: '/inbox', family: '/inbox' },
}
/** The address of that page for one reader. For a kind that a newer service added it is the inbox. */
export function placeOf({ link, studentId }: Pick<Notice, 'link' | 'studentId'>, reader: { userId: string; gives: boolean }): string {
  const place = places[link.kind === 'person' && link.id === reader.userId ? 'self' : link.kind] ?? places.broadcast
  return place[reader.gives ? 'giver' : 'family'].replace(':id', link.id).replace(':student', studentId ?? reader.userId)
}

const Unread = z.object({ unread: z.int().describe('Counted up to 1000') })

/** The delivery of a notice by one channel. `uncertain`: it may or may not have been sent, because the process died or the response was lost. */
export const Delivery = z.object({
  channel: Channel,
  state: z.enum(['waiting', 'sent', 'uncertain', 'failed', 'blocked', 'expired']),
  at: z.iso.datetime(),
  attempts: z.int(),
})
export type Delivery = z.output<typeof Delivery>

/** The caller's own notices. */
export const inboxApi = api({
  prefix: '/api/v1/inbox',
  endpoints: {
    list: {
      method: 'get',
      path: '/',
      summary: 'Your notices, the newest first',
      who: mine,
      query: z.strictObject({
        only: z.enum(['all', 'unread']).default('all'),
        before: z.uuid().optional().describe('`next` of the previous page'),
        limit: Limit,
      }),
      reply: z.object({ notices: z.array(Notice), next: z.uuid().nullable() }),
    },
    unread: { method: 'get', path: '/unread', summary: 'The number of your unread notices', who: mine, reply: Unread },
    stream: {
      method: 'get',
      path: '/stream',
      summary:
        'Sends the event `inbox` with `unread` and `newest` at once and after each change, and the event `lessons` when lessons that you may see have changed; reconnect with Last-Event-ID',
      who: mine,
      reply: 'stream',
    },
    read: {
      method: 'post',
      path: '/:noticeId/read',
      summary: 'Mark a notice as read',
      who: mine,
      params: one,
      reply: Unread,
      rate: 'write',
    },
    deliveries: {
      method: 'get',
      path: '/:noticeId/deliveries',
      summary: 'The deliveries of a notice and their states',
      who: mine,
      params: one,
      reply: z.array(Delivery),
    },
    readAll: {
      method: 'post',
      path: '/read',
      summary: 'Mark a notice and all older ones as read',
      who: mine,
      body: z.strictObject({ upTo: z.uuid().describe('The newest notice to mark as read') }),
      reply: Unread,
      rate: 'write',
    },
  },
})
