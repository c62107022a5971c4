import type { ConsumedEvent } from '@repitbot/contracts/events'
import { choice, instant, lessonZone, number, optional, type ParamsOf, text } from '../kinds.ts'
import { type AboutFor, type Line, notice } from '../notice.ts'

const params = {
  subject: text,
  startsAt: instant,
  zone: lessonZone,
  minutes: number,
  attendance: optional(choice('attended', 'excused', 'unexcused')),
  gradeScale: optional(choice('five', 'hundred', 'percent', 'pass')),
  grade: optional(number),
  topic: optional(text),
  note: optional(text),
  /** Not stored with the notice: the XP of its lesson is looked up when it is read. */
  xp: optional(number),
}
const family = ['student', 'parent'] as const

/** Notices of reports on lessons that took place. */
export const reportNotices = {
  lesson_report: notice({ to: family, params, after: { 'lesson.completed': ofReport }, lines: reportLines }),
  lesson_corrected: notice({
    to: family,
    params,
    after: { 'lesson.corrected': ofReport },
    lines: reportLines,
    unlessRepeating: ['lesson_report', 'lesson_corrected'],
  }),
}

function reportLines({ attendance, gradeScale, grade, topic, note, xp }: ParamsOf<typeof params>): (Line | false)[] {
  return [
    attendance ?? false,
    topic !== undefined && 'topic',
    gradeScale === 'five' && 'grade_five',
    gradeScale === 'hundred' && 'grade_hundred',
    gradeScale === 'percent' && 'grade_percent',
    gradeScale === 'pass' && (grade ? 'grade_passed' : 'grade_failed'),
    note !== undefined && 'note',
    xp !== undefined && xp > 0 && 'xp',
  ]
}

/** For each student their own part of a report, without the others'. */
function ofReport({ body }: ConsumedEvent<'lesson.completed' | 'lesson.corrected'>): AboutFor<'student', typeof params>[] {
  return body.students.map(({ studentId, attendance, minutes, grade }) => ({
    studentId,
    entity: body.lessonId,
    version: body.version,
    link: { kind: 'lesson', id: body.lessonId },
    params: {
      subject: body.subject,
      startsAt: body.heldAt,
      zone: body.zone,
      minutes,
      attendance,
      gradeScale: grade?.scale,
      grade: grade?.value,
      topic: body.topic,
      note: body.note,
    },
  }))
}
