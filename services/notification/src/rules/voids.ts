import type { EventName } from '@repitbot/contracts/events'
import type { NoticeCode } from '@repitbot/contracts/texts/ru/notification'

const reminders = ['lesson_reminder_24h', 'lesson_reminder_1h', 'lesson_reminder_eve'] as const
/** Notices on a lesson that an event makes untrue. */
const untrue: Partial<Record<EventName, readonly NoticeCode[]>> = {
  'lesson.moved': reminders,
  'lesson.cancelled': reminders,
  'lesson.reopened': ['lesson_report', 'lesson_corrected'],
}

/** What taking a change back makes untrue; people who had not been told of the change need not hear of that either. */
const takenBack: Partial<Record<EventName, NoticeCode>> = { 'lesson.moved': 'lesson_moved', 'lesson.restored': 'lesson_cancelled' }

type Body = { lessonId?: string; seriesId?: string | undefined; undoes?: string | undefined; back?: boolean | undefined }

/** How the dedupe keys of the notices begin that these events end: from then on they are no longer shown. */
export const keysToEnd = (name: EventName, batch: { body: object }[]): string[] =>
  batch.flatMap(({ body }) => {
    if (isSameStart(body) || !('lessonId' in body)) return []
    return [...(untrue[name] ?? []).map((code) => `${code}:${body.lessonId}:`), ...keysTakenBack(name, body as Body)]
  })

/** Of a single lesson all that was told of its move or cancellation; of a series what was told of the change that is taken back. */
function keysTakenBack(name: EventName, { lessonId, seriesId, undoes, back }: Body): string[] {
  const code = takenBack[name]
  if (!code || (name === 'lesson.moved' && !back)) return []
  return [`${code}:${lessonId}:`, ...(seriesId && undoes ? [`${code}:${seriesId}:${undoes}:`] : [])]
}

/** A notice that has ended, and whether its reader had it: read, or sent by any channel. */
export type EndedNotice = { recipientId: string; dedupeKey: string; isKnown: boolean }
const undoneCodes: readonly NoticeCode[] = ['lesson_as_before', 'lesson_restored']

/** Leaves out "stands as before" for those who had not been told that it had changed. */
export function withoutUnneeded<D extends { code: NoticeCode; recipientId: string; dedupeKey: string; onlyIfTold?: true }>(
  drafts: D[],
  ended: EndedNotice[],
): D[] {
  const idOf = (recipientId: string, dedupeKey: string) => `${recipientId} ${dedupeKey.split(':')[1]}`
  const codes = new Set(Object.values(takenBack))
  const told = Map.groupBy(
    ended.filter(({ dedupeKey }) => codes.has(dedupeKey.split(':')[0] as NoticeCode)),
    ({ recipientId, dedupeKey }) => idOf(recipientId, dedupeKey),
  )
  const isUnneeded = ({ code, recipientId, dedupeKey, onlyIfTold }: D) =>
    undoneCodes.includes(code) && (told.get(idOf(recipientId, dedupeKey))?.every(({ isKnown }) => !isKnown) ?? onlyIfTold === true)
  return drafts.filter((draft) => !isUnneeded(draft))
}

/** A lesson that was only made longer or shorter keeps its reminders. */
const isSameStart = (body: object) => 'movedFrom' in body && 'startsAt' in body && body.movedFrom === body.startsAt
