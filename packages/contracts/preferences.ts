import { z } from 'zod'
import { api } from './endpoint.ts'
import { Channel, WallTime } from './person-card.ts'
import { Version } from './version.ts'

/** What holds for notices that need not be sent at once; times are in the person's own zone, null is never. Channels and quiet hours are in the profile. */
export const Preferences = z.strictObject({
  agendaAt: WallTime.nullable().describe('When to send the plan of the day, for tutors'),
  eveningAt: WallTime.nullable().describe('When to send the summary of the day, for tutors'),
  streakRisk: z.boolean().describe('Whether to send a notice when a streak is about to break, for students of 14 and older'),
  digestAt: WallTime.describe('When to send the digest of levels and achievements'),
  bulkEmail: z.boolean().describe('Whether messages to many people, digests and the plan and summary of a day also go by e-mail'),
})
export type Preferences = z.output<typeof Preferences>
/** The preferences as they are stored; people who have set nothing have the first version of them. */
const StoredPreferences = Preferences.extend({ version: Version })
export type StoredPreferences = z.output<typeof StoredPreferences>

const mine = { admin: 'own', tutor: 'own', parent: 'own', student: 'own' } as const

export const preferencesApi = api({
  prefix: '/api/v1/notices',
  endpoints: {
    get: {
      method: 'get',
      path: '/preferences',
      summary: 'When you get the notices that are not urgent',
      who: mine,
      reply: StoredPreferences,
    },
    change: {
      method: 'patch',
      path: '/preferences',
      summary: 'Change when you get the notices that are not urgent',
      who: mine,
      rate: 'write',
      body: Preferences.partial().extend({ version: Version }),
      reply: StoredPreferences,
    },
    channels: {
      method: 'get',
      path: '/channels',
      summary: 'The channels by which this installation sends, and those that you have closed to it',
      who: mine,
      reply: z.object({ configured: z.array(Channel), blocked: z.array(Channel) }),
    },
    test: {
      method: 'post',
      path: '/test',
      summary: 'Send yourself a test message by one channel; the inbox shows its delivery',
      who: mine,
      rate: 'write',
      status: 202,
      body: z.strictObject({ channel: Channel }),
    },
  },
})
