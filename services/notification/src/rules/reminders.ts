import type { NoticeCode } from '@repitbot/contracts/texts/ru/notification'
import type { AboutFor, Ahead, reminderParams } from './notice.ts'
import { noticeRows } from './notices.ts'
import { quietAt, type Sleeper } from './quiet.ts'

/** The service's own copy of a lesson, as far as reminders need it. */
export type Lesson = {
  id: string
  schoolId: string
  version: number
  subject: string
  startsAt: string
  minutes: number
  zone: string
  videoUrl: string | null
  students: string[]
  scheduled: boolean
  correlationId: string
  tutorId: string | null
}
export type Reminder = { code: NoticeCode; lessonId: string }
export type Asked = { reminder: Reminder; at: Date; schoolId: string; correlationId: string }

/** Jobs are asked for lessons that start within this time; the sweep comes by every hour. */
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
 * The reminders to ask for. A lesson just planned or moved is no longer reminded of at a time that has passed: that notice has told it.
 * The sweep, which may come late, asks for those that are late as well.
 */
export function askedFor(lesson: Lesson, now: Date, late = false): Asked[] {
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

/** Whether its reminders are asked for now; those of a later lesson are asked for by the sweep. */
export function isSoon({ scheduled, startsAt }: Lesson, now: Date): boolean {
  const aheadMs = Date.parse(startsAt) - now.getTime()
  return scheduled && aheadMs > 0 && aheadMs <= aheadMsMax
}

/** Whether to remind now. A job may be late, or stand for a start that is no longer the lesson's. */
export function isDue({ minutes, lateMinutesMax }: Ahead, { scheduled, startsAt }: Lesson, now: Date): boolean {
  const dueMs = Date.parse(startsAt) - minutes * minuteMs
  const sinceMs = now.getTime() - dueMs
  return scheduled && sinceMs >= -earlyMs && sinceMs <= lateMinutesMax * minuteMs
}

export const reminded = ({
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

/** An evening before: so long before the quiet time begins. */
const eveMinutes = 30

/** When a student is told the evening before, because the hour before the lesson is in their quiet time; nothing when it is not. */
export function eveOf({ startsAt }: Pick<Lesson, 'startsAt'>, sleeper: Sleeper): Date | undefined {
  const quiet = quietAt(new Date(Date.parse(startsAt) - hourMs), sleeper)
  return quiet && new Date(quiet.from.getTime() - eveMinutes * minuteMs)
}

type Eve = { code: NoticeCode; lessonId: string; studentId: string }
/** The evenings to ask for; one that has passed is not told, and one that came too late for is left to the lesson's own reminder in the inbox. */
export const evesAsked = (
  lesson: Lesson,
  sleepers: (Sleeper & { userId: string })[],
  now: Date,
): (Omit<Asked, 'reminder'> & { reminder: Eve })[] =>
  (isSoon(lesson, now) ? sleepers : []).flatMap(({ userId: studentId, ...sleeper }) => {
    const at = eveOf(lesson, sleeper)
    const { id: lessonId, schoolId, correlationId } = lesson
    return at && at > now ? [{ reminder: { code: 'lesson_reminder_eve' as const, lessonId, studentId }, at, schoolId, correlationId }] : []
  })

/** Whether the evening is now: the lesson may have been moved since it was asked for, and the student's night as well. */
export function isEve(lesson: Lesson, sleeper: Sleeper, now: Date): boolean {
  const at = eveOf(lesson, sleeper)
  return (
    lesson.scheduled && at !== undefined && now.getTime() >= at.getTime() - earlyMs && now.getTime() <= at.getTime() + eveMinutes * minuteMs
  )
}
