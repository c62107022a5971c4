import { z } from 'zod'
import { api, type Endpoint } from './endpoint.ts'

const StudentParams = z.strictObject({ studentId: z.uuid() })
const everyone = { admin: 'school', tutor: 'linked', parent: 'linked', student: 'own' } as const satisfies Endpoint['who']
const daysShownMax = 366
const historyMax = 100

export const Rarity = z.enum(['common', 'rare', 'epic', 'legendary'])
/** `missed`: no activity, and no freeze or pause that saved the streak. `open`: today, without activity so far. */
export const DayKind = z.enum(['active', 'frozen', 'paused', 'repaired', 'missed', 'open'])
/** The reason of a ledger row. */
export const XpReason = z.enum(['lesson', 'correction', 'recount', 'achievement', 'daily_cap', 'daily_lessons'])

export const Progress = z.object({
  studentId: z.uuid(),
  /** When false, XP still counts, but clients show nothing of the game. */
  gameOn: z.boolean(),
  level: z.int(),
  totalXp: z.int(),
  /** XP gained since this level was reached. */
  levelXp: z.int(),
  /** Null at the last level. */
  xpToNext: z.int().nullable(),
  progressPercent: z.int(),
  streak: z.object({
    current: z.int(),
    best: z.int(),
    atRisk: z.boolean(),
    freezesHeld: z.int(),
    /** The last days up to today, starting with the first activity. */
    calendar: z.array(z.object({ day: z.iso.date(), kind: DayKind, lessons: z.int() })),
  }),
  weekStreak: z.object({ current: z.int(), best: z.int() }),
})
/** A hidden achievement is listed only after it is earned. */
export const Achievement = z.object({
  code: z.string(),
  rarity: Rarity,
  goal: z.int(),
  progress: z.int(),
  rewardXp: z.int(),
  earnedAt: z.iso.datetime().nullable(),
})
export const XpRow = z.object({
  id: z.uuid(),
  kind: z.enum(['lesson', 'achievement']),
  /** The lesson's id, or the achievement's code. */
  sourceId: z.string(),
  delta: z.int(),
  reason: XpReason,
  heldAt: z.iso.datetime(),
})
export const NewPause = z.strictObject({
  from: z.iso.date().describe('The first paused day'),
  until: z.iso.date().describe('The last paused day'),
})
export const Pause = z.object({ id: z.uuid(), from: z.iso.date(), until: z.iso.date() })

export const studentApi = api({
  prefix: '/api/v1/students',
  endpoints: {
    progress: {
      method: 'get',
      path: '/:studentId/progress',
      summary: 'Level, XP and streaks of a student',
      who: everyone,
      params: StudentParams,
      query: z.strictObject({ days: z.coerce.number<number>().int().min(1).max(daysShownMax).default(30) }),
      reply: Progress,
    },
    achievements: {
      method: 'get',
      path: '/:studentId/achievements',
      summary: 'Achievements of a student, earned and in progress',
      who: everyone,
      params: StudentParams,
      reply: z.array(Achievement),
    },
    history: {
      method: 'get',
      path: '/:studentId/xp',
      summary: 'XP history of a student, the latest first',
      who: everyone,
      params: StudentParams,
      query: z.strictObject({
        before: z.uuid().optional().describe('The id of the last row of the previous page'),
        limit: z.coerce.number<number>().int().min(1).max(historyMax).default(20),
      }),
      reply: z.object({ rows: z.array(XpRow), next: z.uuid().nullable() }),
    },
    pause: {
      method: 'post',
      path: '/:studentId/pauses',
      summary: 'Pause the streak for a holiday or an illness',
      rate: 'write',
      status: 201,
      who: { admin: 'school', tutor: 'linked', parent: 'linked' },
      params: StudentParams,
      body: NewPause,
      reply: Pause,
    },
    switchGame: {
      method: 'put',
      path: '/:studentId/game',
      summary: 'Show or hide the game for a student',
      rate: 'write',
      who: everyone,
      params: StudentParams,
      body: z.strictObject({ on: z.boolean() }),
      reply: z.object({ studentId: z.uuid(), gameOn: z.boolean() }),
    },
  },
})
