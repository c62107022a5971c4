import type { ConsumedEvent } from '@repitbot/contracts/events'
import { count, number, optional, text } from '../kinds.ts'
import { notice } from '../notice.ts'

/** Once for all lessons ahead that somebody may no longer be in, for each tutor; of a tutor's own the families hear one by one. */
export const clearedNotices = {
  lessons_cleared: notice({
    to: ['parent', 'tutor'],
    params: { person: text, count, left: optional(number) },
    after: { 'lessons.cleared': ofStudent },
    lines: ({ left }) => [left !== undefined && 'left'],
  }),
  tutor_cleared: notice({ to: ['admin'], params: { person: text, count } }),
}

function ofStudent({ body: { personId, name, tutorId, cancelled, left, version } }: ConsumedEvent<'lessons.cleared'>) {
  if (personId === tutorId) return []
  return [
    {
      studentId: personId,
      tutorId,
      entity: personId,
      version: `${tutorId}:${version}`,
      link: { kind: 'student' as const, id: personId },
      params: { person: name, count: cancelled + left, left: left || undefined },
    },
  ]
}
