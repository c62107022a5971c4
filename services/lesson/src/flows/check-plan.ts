import type { Caller } from '@repitbot/contracts/endpoint'
import { Failure } from '@repitbot/kit/failure'
import { type Person, peopleFaults, startFaults, wantedIn } from '../rules/plan.ts'

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
  const { unknown, unfit } = peopleFaults(wantedIn(tutorId, students), people)
  if (unknown.length) throw new Failure('not_found', { errors: unknown })
  if (unfit.length) throw new Failure('invalid_input', { errors: unfit })
  return people
}

export function checkStart(startsAt: string, now: Date, field = 'startsAt'): void {
  const errors = startFaults(startsAt, now, field)
  if (errors.length) throw new Failure('invalid_input', { errors })
}
