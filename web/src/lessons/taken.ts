import type { Person } from '@repitbot/contracts/people'
import { queries } from '../queries.ts'
import { momentText } from '../time.ts'
import { refusalText } from '../ui/trouble.tsx'
import { say } from '../words.ts'
import { type HeldLesson, inTheWay, placeOf, type Taken, takenIn } from './lessons.ts'

/** A name is known from the lessons on screen, or from the list of people once it was asked for. */
function nameOf({ personId }: Taken, known: HeldLesson[]): string {
  const people = queries.getQueryData<Person[]>(['people', 'all']) ?? []
  const seats = known.flatMap(({ students, tutorId, tutorName }) => [...students, { studentId: tutorId, name: tutorName }])
  const found = people.find(({ userId }) => userId === personId) ?? seats.find(({ studentId }) => studentId === personId)
  return found?.name ?? say('somebody')
}

/** A refusal in words; a time that is taken names whose and by what. */
export function refusedText(error: unknown, known: HeldLesson[], zone: string): string {
  const taken = takenIn(error)
  return taken ? say('taken', { name: nameOf(taken, known), when: momentText(taken.startsAt, zone) }) : refusalText(error)
}

/** Who would be busy if the lesson were there, as far as the screen knows. */
export function clashText(
  known: HeldLesson[],
  lesson: HeldLesson,
  to: { startsAt: string; minutes: number },
  zone: string,
): string | undefined {
  const other = inTheWay(known, { ...placeOf(lesson), startsAt: Date.parse(to.startsAt), minutes: to.minutes })
  if (!other) return undefined
  return say('taken', { name: other.students.map(({ name }) => name).join(', '), when: momentText(other.startsAt, zone) })
}
