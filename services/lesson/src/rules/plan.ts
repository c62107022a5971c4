import type { LessonPlan } from '@repitbot/contracts/lesson-plan'
import type { Lesson, Outcome, Whole } from './lesson.ts'
import { lessonPlanned } from './lesson-events.ts'

export type Person = { userId: string; role: string; name: string; zone: string; active: boolean }
type Wanted = { field: string; userId: string; role: 'tutor' | 'student' }
type Faults = { field: string; message: string }[]

/** The people a plan names, and the field that names each. */
export const wantedIn = (tutorId: string, students: { studentId: string }[]): Wanted[] => [
  { field: 'tutorId', userId: tutorId, role: 'tutor' },
  ...wantedStudents(students),
]
export const wantedStudents = (students: { studentId: string }[]) =>
  students.map(({ studentId }, index): Wanted => ({ field: `students.${index}.studentId`, userId: studentId, role: 'student' }))

/** An admin may teach too (adr/0037). Whether they say so is the user service's to know; only admins name the tutor of a lesson. */
const fits: Record<Wanted['role'], (person: Person) => boolean> = {
  tutor: ({ role }) => role === 'tutor' || role === 'admin',
  student: ({ role }) => role === 'student',
}

/** Who is not there or out of the caller's reach (callers are not told which of the two), and who is there but cannot be planned. */
export function peopleFaults(wanted: Wanted[], people: Map<string, Person>): { unknown: Faults; unfit: Faults } {
  const unknown: Faults = []
  const unfit: Faults = []
  for (const { field, userId, role } of wanted) {
    const person = people.get(userId)
    if (!person) unknown.push({ field, message: `Expected a ${role} of yours or of your school` })
    else if (!fits[role](person)) unfit.push({ field, message: `Expected a ${role}` })
    else if (!person.active) unfit.push({ field, message: `Expected a ${role} who is active` })
  }
  return { unknown, unfit }
}

const dayMs = 86_400_000
/** A start a year ago or more, or two years ahead, can only be a typing mistake. */
export function startFaults(startsAt: string, now: Date, field = 'startsAt'): Faults {
  const ahead = Date.parse(startsAt) - now.getTime()
  if (ahead > -366 * dayMs && ahead < 732 * dayMs) return []
  return [{ field, message: 'Expected a start between a year ago and two years ahead' }]
}

/** A single lesson as it is planned: prices are copied into it here and no later price list changes them. */
export function plan(id: string, { body, tutorId }: { body: LessonPlan; tutorId: string }, people: Map<string, Person>): Outcome {
  const tutor = people.get(tutorId)
  const lesson: Whole<Lesson> = {
    id,
    tutorId,
    tutorName: tutor?.name ?? '',
    type: body.type,
    subject: body.subject,
    topic: body.topic,
    startsAt: new Date(body.startsAt).toISOString(),
    minutes: body.minutes,
    zone: body.zone ?? tutor?.zone ?? 'UTC',
    videoUrl: body.videoUrl,
    seriesId: undefined,
    seriesOn: undefined,
    movedFrom: undefined,
    makeUpOf: body.makeUpOf,
    note: undefined,
    sealedNote: undefined,
    status: 'scheduled',
    cancellation: undefined,
    version: 1,
    students: body.students.map((student) => ({ ...student, name: people.get(student.studentId)?.name ?? '' })),
  }
  return { lesson, events: [lessonPlanned(lesson)] }
}
