import type { Person } from '@repitbot/contracts/people'
import { queries } from '../queries.ts'
import { momentText } from '../time.ts'
import { refusalText } from '../ui/error-alert.tsx'
import { translate } from '../words.ts'
import { inTheWay, placeOf, type StaffLesson, type Taken, takenIn } from './lessons.ts'

/** A name is found in the lessons on screen, or in the list of people where that has been loaded. */
function nameOf({ personId }: Taken, loaded: StaffLesson[]): string {
  const people = queries.getQueryData<Person[]>(['people', 'all']) ?? []
  const seats = loaded.flatMap(({ students, tutorId, tutorName }) => [...students, { studentId: tutorId, name: tutorName }])
  const found = people.find(({ userId }) => userId === personId) ?? seats.find(({ studentId }) => studentId === personId)
  return found?.name ?? translate('somebody')
}

/** A refusal in words; for a time that is taken it names whose time and until when. */
export function refusedText(error: unknown, loaded: StaffLesson[], zone: string): string {
  const taken = takenIn(error)
  return taken ? translate('taken', { name: nameOf(taken, loaded), when: momentText(taken.startsAt, zone) }) : refusalText(error)
}

/** Who would be busy if the lesson were there, as far as the screen knows. */
export function clashText(
  loaded: StaffLesson[],
  lesson: StaffLesson,
  to: { startsAt: string; minutes: number },
  zone: string,
): string | undefined {
  const other = inTheWay(loaded, { ...placeOf(lesson), startsAt: Date.parse(to.startsAt), minutes: to.minutes })
  if (!other) return undefined
  return translate('taken', { name: other.students.map(({ name }) => name).join(', '), when: momentText(other.startsAt, zone) })
}
