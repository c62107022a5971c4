import type { InstantText, ZoneText } from '@repitbot/contracts/events'
import type { NoticeCode } from '@repitbot/contracts/texts/ru/notification'
import type { AboutFor, LeadTime, reminderParams } from './notice.ts'
import { noticeRows } from './notices.ts'
import { type QuietSetting, quietAt } from './quiet.ts'

/** The service's own copy of a lesson, as far as reminders need it. */
export type Lesson = {
  id: string
  schoolId: string
  version: number
  subject: string
  startsAt: InstantText
  minutes: number
  zone: ZoneText
  videoUrl: string | null
  students: string[]
  scheduled: boolean
  correlationId: string
  tutorId: string | null
}
export type Reminder = { code: NoticeCode; lessonId: string }
export type ReminderRequest = { reminder: Reminder; at: Date; schoolId: string; correlationId: string }

/** Jobs are requested for lessons that start within this time; the sweep runs every hour. */
export const aheadMsMax = 48 * 3_600_000
const minuteMs = 60_000
const hourMs = 60 * minuteMs
/** A job may run a moment early by the clock of another machine. */
const earlyMs = minuteMs

const rows = noticeRows.flatMap(([code, { ahead }]) => (ahead ? [{ code, ahead }] : []))

/** Every reminder there can be of these lessons; each key has one job at most. */
export const remindersOf = (lessons: Pick<Lesson, 'id'>[]): Reminder[] =>
  lessons.flatMap(({ id }) => rows.map(({ code }) => ({ code, lessonId: id })))

/**
 * The reminders of a lesson to request. One whose time has passed is left out: the notice that the lesson was planned or moved is enough.
 * The sweep, which may run late, requests late ones as well.
 */
export function remindersToRequest(lesson: Lesson, now: Date, late = false): ReminderRequest[] {
  const startsMs = Date.parse(lesson.startsAt)
  if (!isSoon(lesson, now)) return []
  const { id: lessonId, schoolId, correlationId } = lesson
  return rows
    .filter(({ ahead }) => startsMs - (ahead.minutes - (late ? ahead.lateMinutesMax : 0)) * minuteMs > now.getTime())
    .map(({ code, ahead }) => ({
      reminder: { code, lessonId },
      at: new Date(startsMs - ahead.minutes * minuteMs),
      schoolId,
      correlationId,
    }))
}

/** Whether the reminders of a lesson are requested at once; those of a later one are requested by the sweep. */
export function isSoon({ scheduled, startsAt }: Lesson, now: Date): boolean {
  const aheadMs = Date.parse(startsAt) - now.getTime()
  return scheduled && aheadMs > 0 && aheadMs <= aheadMsMax
}

/** Whether to remind now. A job may be late, or be for a start that the lesson no longer has. */
export function isDue({ minutes, lateMinutesMax }: LeadTime, { scheduled, startsAt }: Lesson, now: Date): boolean {
  const dueMs = Date.parse(startsAt) - minutes * minuteMs
  const sinceMs = now.getTime() - dueMs
  return scheduled && sinceMs >= -earlyMs && sinceMs <= lateMinutesMax * minuteMs
}

export const reminderAbouts = ({
  id,
  version,
  students,
  subject,
  startsAt,
  zone,
  minutes,
  videoUrl,
}: Lesson): AboutFor<'student', typeof reminderParams>[] =>
  students.map((studentId) => ({
    studentId,
    entity: id,
    version,
    link: { kind: 'lesson', id },
    params: { subject, startsAt, zone, minutes, videoUrl: videoUrl ?? undefined },
    expiresAt: startsAt,
  }))

/** A reminder of the evening before comes so long before the quiet hours begin. */
const eveMinutes = 30

/** When a student is reminded the evening before, because the hour before the lesson is in their quiet hours; nothing when it is not. */
export function eveOf({ startsAt }: Pick<Lesson, 'startsAt'>, quietSetting: QuietSetting): Date | undefined {
  const quiet = quietAt(new Date(Date.parse(startsAt) - hourMs), quietSetting)
  return quiet && new Date(quiet.from.getTime() - eveMinutes * minuteMs)
}

export type EveRequest = Omit<ReminderRequest, 'reminder'> & { reminder: Reminder & { studentId: string } }
/** The evening reminders to request; where that evening has passed, the reminder of the hour before is in the inbox. */
export const evesToRequest = (lesson: Lesson, quietSettings: (QuietSetting & { userId: string })[], now: Date): EveRequest[] =>
  (isSoon(lesson, now) ? quietSettings : []).flatMap(({ userId: studentId, ...quietSetting }) => {
    const at = eveOf(lesson, quietSetting)
    const { id: lessonId, schoolId, correlationId } = lesson
    return at && at > now ? [{ reminder: { code: 'lesson_reminder_eve' as const, lessonId, studentId }, at, schoolId, correlationId }] : []
  })

/** Whether to remind on the evening now: the lesson or the student's quiet hours may have changed since the job was requested. */
export function isEve(lesson: Lesson, quietSetting: QuietSetting, now: Date): boolean {
  const at = eveOf(lesson, quietSetting)
  return (
    lesson.scheduled && at !== undefined && now.getTime() >= at.getTime() - earlyMs && now.getTime() <= at.getTime() + eveMinutes * minuteMs
  )
}
