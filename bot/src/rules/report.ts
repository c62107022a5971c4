import type { Attendance, Grade, GradeGiven, Lesson, LessonReport } from '@repitbot/contracts/lesson'
import type { z } from 'zod'

type LessonSeen = z.output<typeof Lesson>
type Seat = { studentId: string; name: string; attendance: Attendance; minutes?: number; grade?: GradeGiven }
export type Report = {
  lessonId: string
  version: number
  /** A lesson reported before is corrected, one not yet is completed. */
  correcting: boolean
  seats: Seat[]
  topic?: string
  note?: string
  /** Not shown here and not lost by a correction. */
  privateNote?: string
  /** What the next text is taken as, or the seat whose grade is chosen. */
  awaits?: 'topic' | 'note' | { gradeOf: number }
}
export type Fault = 'topic_form' | 'note_form' | 'choose'

const attendances: Attendance[] = ['attended', 'excused', 'unexcused']
const given = ({ scale, value }: Grade): GradeGiven => ({ scale, value })

/** A lesson's report as it stands; a new one says that all attended. */
export const reportOf = (lesson: LessonSeen): Report => ({
  lessonId: lesson.id,
  version: lesson.version,
  correcting: lesson.status === 'completed',
  seats: lesson.students.map(({ studentId, name, attendance = 'attended', minutes, grade }) => ({
    ...{ studentId, name, attendance },
    ...(attendance === 'attended' && minutes !== undefined && { minutes }),
    ...(grade && { grade: given(grade) }),
  })),
  topic: lesson.topic,
  note: lesson.note,
  privateNote: lesson.privateNote,
})

/** Came, absent with a reason, absent without one, and round again. Who was absent has no grade. */
export function turnAttendance(report: Report, at: number): Report | Fault {
  const seat = report.seats[at]
  if (!seat) return 'choose'
  const attendance = attendances[(attendances.indexOf(seat.attendance) + 1) % attendances.length] ?? 'attended'
  const { studentId, name, grade } = seat
  return withSeat(report, at, { studentId, name, attendance, ...(attendance === 'attended' && grade && { grade }) })
}

/** Five, four, three or two; 0 takes the grade away. */
export function takeGrade(report: Report, value: number): Report | Fault {
  const at = typeof report.awaits === 'object' ? report.awaits.gradeOf : -1
  const seat = report.seats[at]
  if (!seat || !Number.isInteger(value) || value < 0 || value > 5) return 'choose'
  const { grade: _, ...rest } = seat
  return { ...withSeat(report, at, value ? { ...rest, grade: { scale: 'five', value } } : rest), awaits: undefined }
}

export const awaiting = (report: Report, awaits: Report['awaits']): Report => ({ ...report, awaits })

/** The text that was asked for; nothing while none was. */
export function takeText(report: Report, text: string): Report | Fault | undefined {
  if (report.awaits === 'topic') return text.length <= 200 ? { ...report, topic: text, awaits: undefined } : 'topic_form'
  if (report.awaits === 'note') return text.length <= 2000 ? { ...report, note: text, awaits: undefined } : 'note_form'
  return undefined
}

const withSeat = (report: Report, at: number, seat: Seat): Report => ({
  ...report,
  seats: report.seats.map((one, index) => (index === at ? seat : one)),
})

/** As the lesson service takes it. */
export const sent = ({ seats, topic, note, privateNote }: Report): LessonReport => ({
  ...{ topic, note, privateNote },
  students: seats.map(({ name: _, ...seat }) => seat),
})
