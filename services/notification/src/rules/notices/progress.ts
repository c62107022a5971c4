import { achievementName, count, day, type Kinds, number, type ParamsOf, rarityName } from '../kinds.ts'
import { notice } from '../notice.ts'

const family = ['student', 'parent'] as const
const byDayAndWeek = { student: 'day', parent: 'week' } as const

/** Notices of a student's progress. */
export const progressNotices = {
  level_up: notice({
    to: family,
    params: { from: number, to: number },
    after: { 'student.level_up': ({ body: { studentId, from, to } }) => ofStudent(studentId, to, { from, to }) },
    digest: byDayAndWeek,
  }),
  achievement_earned: notice({
    to: family,
    params: { achievement: achievementName, rarity: rarityName, rewardXp: number },
    after: {
      'achievement.earned': ({ body: { studentId, code, rarity, rewardXp } }) =>
        ofStudent(studentId, code, { achievement: code, rarity, rewardXp }),
    },
    digest: byDayAndWeek,
  }),
  streak_reached: notice({
    to: ['student'],
    params: { count },
    after: { 'streak.reached': ({ body: { studentId, days } }) => ofStudent(studentId, days, { count: days }) },
    digest: { student: 'day' },
  }),
  streak_frozen: notice({
    to: ['student'],
    params: { day, count, freezesLeft: number },
    after: {
      'streak.frozen': ({ body: { studentId, day: missed, days, freezesLeft } }) =>
        ofStudent(studentId, missed, { day: missed, count: days, freezesLeft }),
    },
    lines: ({ freezesLeft }) => [{ line: 'freezes', count: freezesLeft }],
    digest: { student: 'day' },
  }),
  streak_at_risk: notice({
    to: ['student'],
    params: { count },
    after: {
      'streak.endangered': ({ body: { studentId, day: today, days, until } }) =>
        ofStudent(studentId, today, { count: days }).map((about) => ({ ...about, expiresAt: until })),
    },
  }),
}

/** Once for each `version` of its kind. */
function ofStudent<Values extends ParamsOf<Kinds>>(studentId: string, version: number | string, params: Values) {
  return [{ studentId, entity: studentId, version, link: { kind: 'student' as const, id: studentId }, params }]
}
