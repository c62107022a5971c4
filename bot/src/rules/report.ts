import type { Attendance, Grade, GradeGiven, Lesson, LessonReport } from '@repitbot/contracts/lesson'
import type { z } from 'zod'

type TutorLesson = z.output<typeof Lesson>
type Seat = { studentId: string; name: string; attendance: Attendance; minutes?: number; grade?: GradeGiven }
/** Stored in unfinished forms: a renamed field must still be read by its old name for a day. */
export type Report = {
  lessonId: string
  version: number
  /** Whether the lesson has a report already, which this one corrects. */
  correcting: boolean
  seats: Seat[]
  topic?: string
  note?: string
  /** What the next text is, or the seat whose grade is chosen. */
  awaits?: 'topic' | 'note' | { gradeOf: number }
  /** Which of the students are shown; of a big group there are several pages. */
  page?: number
}
export type Fault = 'topic_form' | 'note_form' | 'choose'

const attendances: Attendance[] = ['attended', 'excused', 'unexcused']
const toGradeGiven = ({ scale, value }: Grade): GradeGiven => ({ scale, value })

/** The report of a lesson; a new one says that all attended. */
export const reportOf = (lesson: TutorLesson): Report => ({
  lessonId: lesson.id,
  version: lesson.version,
  correcting: lesson.status === 'completed',
  seats: lesson.students.map(({ studentId, name, attendance = 'attended', minutes, grade }) => ({
    studentId,
    name,
    attendance,
    ...(attendance === 'attended' && minutes !== undefined && { minutes }),
    ...(grade && { grade: toGradeGiven(grade) }),
  })),
  topic: lesson.topic,
  note: lesson.note,
})

/** Attended, absent with a reason, absent without one, and from the start again. An absent student has no grade. */
export function turnAttendance(report: Report, at: number): Report | Fault {
  const seat = report.seats[at]
  if (!seat) return 'choose'
  const attendance = attendances[(attendances.indexOf(seat.attendance) + 1) % attendances.length] ?? 'attended'
  const { studentId, name, grade } = seat
  return withSeat(report, at, { studentId, name, attendance, ...(attendance === 'attended' && grade && { grade }) })
}

/** Five to one; 0 removes the grade. */
export function takeGrade(report: Report, value: number): Report | Fault {
  const at = typeof report.awaits === 'object' ? report.awaits.gradeOf : -1
  const seat = report.seats[at]
  if (!seat || !Number.isInteger(value) || value < 0 || value > 5) return 'choose'
  const { grade: _, ...rest } = seat
  return { ...withSeat(report, at, value ? { ...rest, grade: { scale: 'five', value } } : rest), awaits: undefined }
}

export const awaitInput = (report: Report, awaits: Report['awaits']): Report => ({ ...report, awaits })

/** Takes the text that is awaited; undefined while none is. */
export function takeText(report: Report, text: string): Report | Fault | undefined {
  if (report.awaits === 'topic') return text.length <= 200 ? { ...report, topic: text, awaits: undefined } : 'topic_form'
  if (report.awaits === 'note') return text.length <= 2000 ? { ...report, note: text, awaits: undefined } : 'note_form'
  return undefined
}

const withSeat = (report: Report, at: number, seat: Seat): Report => ({
  ...report,
  seats: report.seats.map((one, index) => (index === at ? seat : one)),
})

/** The body of the request to the lesson service. The private note is not shown in the chat and not kept with the form: a correction takes it from the lesson as it is. */
export const toRequest = ({ seats, topic, note }: Report, { privateNote }: Pick<TutorLesson, 'privateNote'>): LessonReport => ({
  topic,
  note,
  privateNote,
  students: seats.map(({ name: _, ...seat }) => seat),
})
