import type { Caller } from '@repitbot/contracts/endpoint'
import { oneSeat } from '@repitbot/contracts/lesson-plan'
import { Failure } from '@repitbot/kit/failure'
import type { Seat } from '../rules/lesson.ts'
import { type Person, peopleFaults, startFaults, wantedIn, wantedStudents } from '../rules/plan.ts'

/** Whose lesson is planned: a tutor's own, or that of the tutor an admin names. */
export function tutorOf({ role, userId }: Caller, tutorId: string | undefined): string {
  const message = 'Expected the tutor of the lesson'
  if (role === 'tutor' && tutorId && tutorId !== userId) throw new Failure('not_found', { errors: [{ field: 'tutorId', message }] })
  if (role === 'tutor') return userId
  if (!tutorId) throw new Failure('invalid_input', { errors: [{ field: 'tutorId', message }] })
  return tutorId
}

type Named = { tutorId: string; students: { studentId: string }[] }
export const idsIn = ({ tutorId, students }: Named) => [tutorId, ...students.map(({ studentId }) => studentId)]

/** Refuses people that are not there, naming the field of each, and then those that do not fit. */
export function checkPeople({ tutorId, students }: Named, people: Map<string, Person>): Map<string, Person> {
  refuse(peopleFaults(wantedIn(tutorId, students), people))
  return people
}

function refuse({ unknown, unfit }: ReturnType<typeof peopleFaults>): void {
  if (unknown.length) throw new Failure('not_found', { errors: unknown })
  if (unfit.length) throw new Failure('invalid_input', { errors: unfit })
}

type Seated = Pick<Seat, 'studentId' | 'name'>
type Wanted = Pick<Seat, 'studentId' | 'priceMinor' | 'currency'>
/** Who is not in the lesson yet. */
export const newcomersIn = (before: Seated[], students: Wanted[]): string[] =>
  students.map(({ studentId }) => studentId).filter((id) => !before.some((seat) => seat.studentId === id))

/** The new seats of a lesson: who is new in it must be within reach and active, who was in it before may stay. */
export function checkNewcomers(before: Seated[], students: Wanted[], people: Map<string, Person>) {
  const newcomers = newcomersIn(before, students)
  refuse(
    peopleFaults(
      wantedStudents(students).filter(({ userId }) => newcomers.includes(userId)),
      people,
    ),
  )
  const names = new Map(before.map(({ studentId, name }) => [studentId, name]))
  return students.map((seat) => ({ ...seat, name: names.get(seat.studentId) ?? people.get(seat.studentId)?.name ?? '' }))
}

export function checkSeatCount(given: Parameters<typeof oneSeat.check>[0]): void {
  const { path, error: message } = oneSeat.fault
  if (!oneSeat.check(given)) throw new Failure('invalid_input', { errors: [{ field: path.join('.'), message }] })
}

export function checkStart(startsAt: string, now: Date, field = 'startsAt'): void {
  const errors = startFaults(startsAt, now, field)
  if (errors.length) throw new Failure('invalid_input', { errors })
}
