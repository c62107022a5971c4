import type { LessonReport } from '@repitbot/contracts/lesson'
import { toGrade } from './grade.ts'
import type { Lesson, Seat } from './lesson.ts'

/** A report with its private note sealed. */
export type Report = Omit<LessonReport, 'privateNote'> & Pick<Lesson, 'sealedNote'>
type FieldFault = { field: string; message: string }

/** What is wrong with the roll call: a report names every student of the lesson and no other, and grades only those who were there. */
export function rollCallFaults({ students: seats }: Lesson, { students }: LessonReport): FieldFault[] {
  const faults: FieldFault[] = []
  for (const [index, { studentId, attendance, grade }] of students.entries()) {
    if (!seats.some((seat) => seat.studentId === studentId))
      faults.push({ field: `students.${index}.studentId`, message: 'Expected a student of this lesson' })
    if (grade && attendance !== 'attended')
      faults.push({ field: `students.${index}.grade`, message: 'Expected a grade only for a student who attended' })
  }
  const named = new Set(students.map(({ studentId }) => studentId))
  const missing = seats.filter(({ studentId }) => !named.has(studentId))
  if (missing.length)
    faults.push({
      field: 'students',
      message: `Expected every student of the lesson; missing ${missing.map((seat) => seat.studentId).join(', ')}`,
    })
  return faults
}

/** The lesson with the report written in; the version is the caller's to raise. */
export function withReport(lesson: Lesson, report: Report): Lesson {
  const given = new Map(report.students.map((student) => [student.studentId, student]))
  const students = lesson.students.map((seat): Seat => {
    const { attendance = 'unexcused', minutes, grade } = given.get(seat.studentId) ?? {}
    const there = attendance === 'attended'
    return { ...seat, attendance, minutes: there ? (minutes ?? lesson.minutes) : 0, grade: grade && toGrade(grade) }
  })
  return {
    ...lesson,
    topic: report.topic ?? lesson.topic,
    note: report.note,
    sealedNote: report.sealedNote,
    status: 'completed',
    students,
  }
}
