import { z } from 'zod'
import { api } from './endpoint.ts'
import { Channel, WallTime } from './people.ts'

/** When, in his own zone, somebody is told what he may choose the time of; null is never. Channels and quiet hours are in the profile. */
export const Preferences = z.strictObject({
  agendaAt: WallTime.nullable().describe('The day ahead, for tutors'),
  eveningAt: WallTime.nullable().describe('The day behind, for tutors'),
  streakRisk: z.boolean().describe('A word when the day ends and the streak with it, for students of 14 and older'),
  digestAt: WallTime.describe('Levels and achievements, together'),
})
export type Preferences = z.output<typeof Preferences>

const mine = { admin: 'own', tutor: 'own', parent: 'own', student: 'own' } as const

export const preferencesApi = api({
  prefix: '/api/v1/notices',
  endpoints: {
    get: { method: 'get', path: '/preferences', summary: 'When you are told what can wait', who: mine, reply: Preferences },
    change: {
      method: 'patch',
      path: '/preferences',
      summary: 'Change when you are told what can wait',
      who: mine,
      rate: 'write',
      body: Preferences.partial(),
      reply: Preferences,
    },
    test: {
      method: 'post',
      path: '/test',
      summary: 'Send yourself a message by one channel; its delivery is seen in the inbox',
      who: mine,
      rate: 'write',
      status: 202,
      body: z.strictObject({ channel: Channel }),
    },
  },
})
