import { z } from 'zod'
import { api } from './endpoint.ts'
import { Language } from './people.ts'

export const broadcastCharactersMax = 2000

/** To whom, and what: an admin's goes to the whole school, a tutor's to his students and their parents. */
export const NewBroadcast = z.strictObject({
  roles: z
    .array(z.enum(['student', 'parent', 'tutor']))
    .min(1)
    .max(3)
    .refine((roles) => new Set(roles).size === roles.length, { error: 'Expected each role once' }),
  text: z.string().trim().min(1).max(broadcastCharactersMax),
})
export type NewBroadcast = z.output<typeof NewBroadcast>

export const BroadcastPreview = z.object({
  recipients: z.int(),
  /** How many of them each way out can reach beside the inbox, and how many only the inbox does. */
  byChannel: z.object({ telegram: z.int(), email: z.int(), inboxOnly: z.int() }),
  /** As people of each language will read it. */
  texts: z.array(z.object({ language: Language, title: z.string(), body: z.string() })),
})
export type BroadcastPreview = z.output<typeof BroadcastPreview>

export const Broadcast = z.object({
  id: z.uuid(),
  byId: z.uuid(),
  text: z.string(),
  roles: z.array(z.string()),
  recipients: z.int(),
  createdAt: z.iso.datetime(),
})
export type Broadcast = z.output<typeof Broadcast>

/** The best that came of each recipient's deliveries; `inbox` is who has no other way. */
export const Reached = z.enum(['sent', 'uncertain', 'waiting', 'blocked', 'failed', 'expired', 'inbox'])
export const BroadcastReport = Broadcast.extend({
  counts: z.record(Reached, z.int()),
  rows: z.array(z.object({ userId: z.uuid(), name: z.string(), state: Reached, read: z.boolean() })),
})
export type BroadcastReport = z.output<typeof BroadcastReport>

const keepers = { admin: 'school', tutor: 'own' } as const

export const broadcastApi = api({
  prefix: '/api/v1/broadcasts',
  endpoints: {
    preview: {
      method: 'post',
      path: '/preview',
      summary: 'See whom a message would reach and how it reads; nothing is sent',
      who: keepers,
      rate: 'read',
      body: NewBroadcast,
      reply: BroadcastPreview,
    },
    send: {
      method: 'post',
      path: '/',
      summary: 'Send a message to many',
      who: keepers,
      rate: 'write',
      status: 201,
      body: NewBroadcast,
      reply: Broadcast,
    },
    list: { method: 'get', path: '/', summary: 'Messages sent to many, the newest first', who: keepers, reply: z.array(Broadcast) },
    get: {
      method: 'get',
      path: '/:broadcastId',
      summary: 'Whom a message has reached',
      who: keepers,
      params: z.strictObject({ broadcastId: z.uuid() }),
      reply: BroadcastReport,
    },
  },
})
