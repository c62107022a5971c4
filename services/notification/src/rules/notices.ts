import type { NoticeCode } from '@repitbot/contracts/texts/ru/notification'
import { cancelled, moved, plannedAlone, plannedInSeries, progress, reported, resized } from './about.ts'
import type { Line, NoticeRow, NoticeTable, Params } from './notice.ts'

const family = ['student', 'parent'] as const
const hourMinutes = 60

const video = ({ videoUrl }: Params) => [videoUrl !== undefined && ('video' as const)]
const report = ({ attendance, gradeScale, grade, topic, note, xp }: Params): (Line | false)[] => [
  attendance === 'attended' || attendance === 'excused' || attendance === 'unexcused' ? attendance : false,
  topic !== undefined && 'topic',
  gradeScale === 'five' && 'grade_five',
  gradeScale === 'hundred' && 'grade_hundred',
  gradeScale === 'percent' && 'grade_percent',
  gradeScale === 'pass' && (grade ? 'grade_passed' : 'grade_failed'),
  note !== undefined && 'note',
  typeof xp === 'number' && xp > 0 && 'xp',
]

/** Every notice there is: what it comes after or how long ahead of a lesson, and whom it is told to. Its texts are in contracts/texts. */
export const notices = {
  lesson_planned: { to: family, after: { 'lesson.planned': plannedAlone } },
  series_planned: { to: family, after: { 'lesson.planned': plannedInSeries } },
  lesson_moved: { to: ['student', 'parent', 'tutor'], after: { 'lesson.moved': moved } },
  lesson_length: { to: family, after: { 'lesson.moved': resized } },
  lesson_cancelled: {
    to: ['student', 'parent', 'tutor'],
    after: { 'lesson.cancelled': cancelled },
    lines: ({ reason, chargePercent, makeUpCredit }) => [
      reason !== undefined && 'reason',
      chargePercent !== undefined && 'charge',
      makeUpCredit === true && 'make_up',
    ],
  },
  lesson_report: { to: family, after: { 'lesson.completed': reported }, lines: report },
  lesson_corrected: {
    to: family,
    after: { 'lesson.corrected': reported },
    lines: report,
    unlessSaidBy: ['lesson_report', 'lesson_corrected'],
  },
  lesson_reminder_24h: { to: family, ahead: { minutes: 24 * hourMinutes, lateMinutesMax: 12 * hourMinutes }, lines: video },
  lesson_reminder_1h: { to: ['student'], ahead: { minutes: hourMinutes, lateMinutesMax: 50 }, lines: video },
  level_up: {
    to: family,
    after: { 'student.level_up': ({ body }) => progress(body.studentId, body.to, { from: body.from, to: body.to }) },
  },
  achievement_earned: {
    to: family,
    after: {
      'achievement.earned': ({ body: { studentId, code, rarity, rewardXp } }) =>
        progress(studentId, code, { achievement: code, rarity, rewardXp }),
    },
  },
  streak_reached: {
    to: ['student'],
    after: { 'streak.reached': ({ body: { studentId, days } }) => progress(studentId, days, { count: days }) },
  },
  streak_frozen: {
    to: ['student'],
    after: {
      'streak.frozen': ({ body: { studentId, day, days, freezesLeft } }) => progress(studentId, day, { day, count: days, freezesLeft }),
    },
    lines: ({ freezesLeft }) => [{ line: 'freezes', count: Number(freezesLeft) }],
  },
} as const satisfies NoticeTable

export const noticeRows = Object.entries(notices) as [NoticeCode, NoticeRow][]
export const isNoticeCode = (code: string): code is NoticeCode => code in notices
