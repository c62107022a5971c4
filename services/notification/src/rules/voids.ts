import type { EventName } from '@repitbot/contracts/events'
import type { NoticeCode } from '@repitbot/contracts/texts/ru/notification'

const reminders = ['lesson_reminder_24h', 'lesson_reminder_1h', 'lesson_reminder_eve'] as const
/** Notices on a lesson that an event makes untrue. */
const untrue: Partial<Record<EventName, readonly NoticeCode[]>> = {
  'lesson.moved': reminders,
  'lesson.cancelled': reminders,
  'lesson.reopened': ['lesson_report', 'lesson_corrected'],
}

/** How the dedupe keys of the notices begin that these events end: from then on they are no longer shown. */
export const keysToEnd = (name: EventName, batch: { body: object }[]): string[] =>
  batch.flatMap(({ body }) =>
    isSameStart(body) || !('lessonId' in body) ? [] : (untrue[name] ?? []).map((code) => `${code}:${body.lessonId}:`),
  )

/** A lesson that was only made longer or shorter keeps its reminders. */
const isSameStart = (body: object) => 'movedFrom' in body && 'startsAt' in body && body.movedFrom === body.startsAt
