import { count, lessonList, listedIn, number, text, time } from '../kinds.ts'
import { lineOf, notice, reminder } from '../notice.ts'

const hourMinutes = 60
const video = ({ videoUrl }: { videoUrl?: string | undefined }) => [videoUrl !== undefined && ('video' as const)]

const ofDay = { count, unreported: number, lessons: lessonList }
const lesson = { at: time, subject: text, students: text }
const always = () => true

/** Reminders of lessons, and the day of a tutor. */
export const scheduleNotices = {
  lesson_reminder_24h: reminder({
    to: ['student', 'parent'],
    ahead: { minutes: 24 * hourMinutes, lateMinutesMax: 12 * hourMinutes },
    lines: video,
  }),
  /** It says that an hour is left, so a job that is much later than that makes none. */
  lesson_reminder_1h: reminder({ to: ['student'], ahead: { minutes: hourMinutes, lateMinutesMax: 10 }, lines: video, quiet: 'drop' }),
  lesson_reminder_eve: reminder({ to: ['student'], lines: video }),
  agenda: notice({
    to: ['tutor'],
    params: ofDay,
    bulk: true,
    lines: ({ lessons }) => (listedIn(lessons) ?? []).map((one) => lineOf('agenda_lesson', lesson, one)),
    bypass: always,
  }),
  evening_report: notice({
    to: ['tutor'],
    params: ofDay,
    bulk: true,
    lines: ({ lessons }) =>
      (listedIn(lessons) ?? []).filter(({ reported }) => !reported).map((one) => lineOf('unreported_lesson', lesson, one)),
    bypass: always,
  }),
}
