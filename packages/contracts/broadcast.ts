import { z } from 'zod'
import { api } from './endpoint.ts'
import { Language } from './person-card.ts'

export const broadcastCharactersMax = 2000

/** An admin's broadcast goes to the whole school, a tutor's to their own students and the parents of these. */
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
  /** How many recipients each channel can reach, how many have only the inbox, and how many have no account and so cannot read it. */
  byChannel: z.object({ telegram: z.int(), email: z.int(), inboxOnly: z.int(), notJoined: z.int() }),
  /** The text in each language of the recipients. */
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

/** The best state among a recipient's deliveries; `inbox` when the recipient has no channel, `notJoined` when they have no account either. */
export const Reached = z.enum(['sent', 'uncertain', 'waiting', 'blocked', 'failed', 'expired', 'inbox', 'notJoined'])
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
      summary: 'Preview a message: how many people it reaches and its texts; nothing is sent',
      who: keepers,
      rate: 'read',
      body: NewBroadcast,
      reply: BroadcastPreview,
    },
    send: {
      method: 'post',
      path: '/',
      summary: 'Send a message to many people',
      who: keepers,
      rate: 'write',
      status: 201,
      body: NewBroadcast,
      reply: Broadcast,
    },
    list: { method: 'get', path: '/', summary: 'Messages sent to many people, the newest first', who: keepers, reply: z.array(Broadcast) },
    get: {
      method: 'get',
      path: '/:broadcastId',
      summary: 'A message and its delivery to each recipient',
      who: keepers,
      params: z.strictObject({ broadcastId: z.uuid() }),
      reply: BroadcastReport,
    },
  },
})
