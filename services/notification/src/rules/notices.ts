import type { NoticeCode } from '@repitbot/contracts/texts/ru/notification'
import { cancelled, moved, plannedAlone, plannedInSeries, progress, reported, resized } from './about.ts'
import type { Line, NoticeRow, NoticeTable, Params } from './notice.ts'

/** A lesson in a list of the day. */
export type ListedLesson = { at: string; subject: string; students: string; reported: boolean }

const family = ['student', 'parent'] as const
const hourMinutes = 60

const video = ({ videoUrl }: Params) => [videoUrl !== undefined && ('video' as const)]
const always = () => true
const soonMs = 12 * 3_600_000
/** What changes of a lesson that is near cannot wait for the morning. */
const isSoon = ({ startsAt, movedFrom }: Params, at: Date) =>
  [startsAt, movedFrom].some((time) => time !== undefined && Math.abs(Date.parse(String(time)) - at.getTime()) < soonMs)
const byDayAndWeek = { student: 'day', parent: 'week' } as const
const everybody = ['student', 'parent', 'tutor'] as const

const listed = ({ lessons }: Params) => JSON.parse(String(lessons ?? '[]')) as ListedLesson[]
const agenda = (params: Params): Line[] => listed(params).map((values) => ({ line: 'agenda_lesson', values }))
const evening = (params: Params): Line[] =>
  listed(params)
    .filter(({ reported }) => !reported)
    .map((values) => ({ line: 'unreported_lesson', values }))

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
  lesson_moved: { to: everybody, after: { 'lesson.moved': moved }, bypass: isSoon },
  lesson_length: { to: family, after: { 'lesson.moved': resized } },
  lesson_cancelled: {
    to: everybody,
    after: { 'lesson.cancelled': cancelled },
    bypass: isSoon,
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
    unlessRepeating: ['lesson_report', 'lesson_corrected'],
  },
  lesson_reminder_24h: { to: family, ahead: { minutes: 24 * hourMinutes, lateMinutesMax: 12 * hourMinutes }, lines: video },
  lesson_reminder_1h: { to: ['student'], ahead: { minutes: hourMinutes, lateMinutesMax: 50 }, lines: video, quiet: 'drop' },
  lesson_reminder_eve: { to: ['student'], lines: video },
  level_up: {
    to: family,
    after: { 'student.level_up': ({ body }) => progress(body.studentId, body.to, { from: body.from, to: body.to }) },
    digest: byDayAndWeek,
  },
  achievement_earned: {
    to: family,
    after: {
      'achievement.earned': ({ body: { studentId, code, rarity, rewardXp } }) =>
        progress(studentId, code, { achievement: code, rarity, rewardXp }),
    },
    digest: byDayAndWeek,
  },
  streak_reached: {
    to: ['student'],
    after: { 'streak.reached': ({ body: { studentId, days } }) => progress(studentId, days, { count: days }) },
    digest: { student: 'day' },
  },
  streak_frozen: {
    to: ['student'],
    after: {
      'streak.frozen': ({ body: { studentId, day, days, freezesLeft } }) => progress(studentId, day, { day, count: days, freezesLeft }),
    },
    lines: ({ freezesLeft }) => [{ line: 'freezes', count: Number(freezesLeft) }],
    digest: { student: 'day' },
  },
  streak_at_risk: {
    to: ['student'],
    after: {
      'streak.endangered': ({ body: { studentId, day, days, until } }) =>
        progress(studentId, day, { count: days }).map((about) => ({ ...about, expiresAt: until })),
    },
  },
  agenda: { to: ['tutor'], lines: agenda, bypass: always },
  evening_report: { to: ['tutor'], lines: evening, bypass: always },
  signed_in: { to: everybody, bypass: always, everywhere: true },
  telegram_linked: { to: everybody, bypass: always, everywhere: true },
  channel_blocked: { to: ['tutor'] },
  channel_test: { to: everybody, bypass: always, noFallback: true },
  broadcast: { to: everybody },
} as const satisfies NoticeTable

export const noticeRows = Object.entries(notices) as [NoticeCode, NoticeRow][]
export const isNoticeCode = (code: string): code is NoticeCode => code in notices
/** The columns of a notice; one whose code a newer version of this service has made has none. */
export const noticeRow = (code: string): NoticeRow => (isNoticeCode(code) ? notices[code] : { to: [] })
