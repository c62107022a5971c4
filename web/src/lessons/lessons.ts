import type { Me } from '@repitbot/contracts/auth'
import { addDays } from '@repitbot/contracts/calendar'
import { Refused } from '@repitbot/contracts/client'
import type { Lesson } from '@repitbot/contracts/lesson'
import type { z } from 'zod'
import { api } from '../clients.ts'
import { queries } from '../queries.ts'
import { boundsOf } from '../time.ts'

export type StaffLesson = z.output<typeof Lesson>
type Span = { from: string; until: string }
const key = 'lessons'
/** The stream reports changes of others, but may miss one: the list is also loaded again this often. */
const againMs = 60_000

export const isCancelled = ({ status }: Pick<StaffLesson, 'status'>) => status.startsWith('cancelled')
export const isCompleted = ({ status }: Pick<StaffLesson, 'status'>) => status === 'completed'
export const isOpen = (lesson: StaffLesson) => !isCancelled(lesson) && !isCompleted(lesson)
export const startOf = ({ startsAt }: Pick<StaffLesson, 'startsAt'>) => Date.parse(startsAt)
export const endOf = (lesson: Pick<StaffLesson, 'startsAt' | 'minutes'>) => startOf(lesson) + lesson.minutes * 60_000
/** Whether an admin looks at a lesson of somebody else, whose name it then shows. */
export const isOfAnother = ({ tutorId }: Pick<StaffLesson, 'tutorId'>, { role, userId }: Me['card']) =>
  role === 'admin' && tutorId !== userId
export const namesOf = ({ students }: { students: { name: string }[] }) => students.map(({ name }) => name).join(', ')

async function readAll(span: Span & { state?: 'unreported' | 'make_up_owed'; studentId?: string }): Promise<StaffLesson[]> {
  const all: StaffLesson[] = []
  let after: string | undefined
  do {
    const page = await api.lessons.list({ ...span, limit: 500, after })
    all.push(...page.lessons)
    after = page.next ?? undefined
  } while (after)
  return all
}
/** All lessons that start in the span, read page by page. */
export const lessonsIn = ({ from, until, studentId }: Span & { studentId?: string }) => ({
  queryKey: [key, from, until, studentId],
  refetchInterval: againMs,
  queryFn: () => readAll({ from, until, studentId }),
})
/** Lessons from before a day that still wait for their report: nothing is planned more than a year back. */
export const longUnreported = (day: string, zone: string) => ({
  queryKey: [key, 'unreported', day],
  queryFn: () => readAll({ from: boundsOf(addDays(day, -367), zone).from, until: boundsOf(day, zone).from, state: 'unreported' }),
})

/** Cancelled lessons of a student for which another one was promised that is not planned yet. */
export const owedTo = (studentId: string, span: Span) => ({
  queryKey: [key, 'owed', studentId, span.from],
  queryFn: () => readAll({ ...span, state: 'make_up_owed' as const, studentId }),
})

const put = (lesson: StaffLesson) =>
  queries.setQueriesData<StaffLesson[]>({ queryKey: [key] }, (all) => all?.map((one) => (one.id === lesson.id ? lesson : one)))

/** Shows the expected lesson at once, then the server's answer. A refusal restores the old lesson and is thrown. */
export async function changeOptimistically(
  lesson: StaffLesson,
  guess: Partial<StaffLesson>,
  ask: () => Promise<StaffLesson>,
): Promise<StaffLesson> {
  await queries.cancelQueries({ queryKey: [key] })
  put({ ...lesson, ...guess })
  try {
    const answer = await ask()
    put(answer)
    return answer
  } catch (refused) {
    put(lesson)
    throw refused
  } finally {
    void queries.invalidateQueries()
  }
}

export type Place = { id?: string; tutorId: string; studentIds: string[]; startsAt: number; minutes: number }
export const placeOf = (lesson: StaffLesson): Place => ({
  id: lesson.id,
  tutorId: lesson.tutorId,
  studentIds: lesson.students.map(({ studentId }) => studentId),
  startsAt: startOf(lesson),
  minutes: lesson.minutes,
})
type Taking = Pick<StaffLesson, 'tutorId' | 'startsAt' | 'minutes'> & { students: { studentId: string }[] }
/** Whether something takes the time of somebody in the place. */
export const overlaps = (other: Taking, { tutorId, studentIds, startsAt, minutes }: Place): boolean =>
  startOf(other) < startsAt + minutes * 60_000 &&
  endOf(other) > startsAt &&
  (other.tutorId === tutorId || other.students.some(({ studentId }) => studentIds.includes(studentId)))
/** The lesson that already takes the time of somebody in the place, among those that are known. */
export const inTheWay = (loaded: StaffLesson[], place: Place): StaffLesson | undefined =>
  loaded.find((other) => other.id !== place.id && !isCancelled(other) && overlaps(other, place))

export type Taken = { personId: string; startsAt: string; minutes: number; lessonId?: string }
/** Whose time a refusal names as taken. */
export function takenIn(error: unknown): Taken | undefined {
  const answer = error instanceof Refused && error.problem.code === 'double_booked' ? error.problem.with : undefined
  return answer && typeof answer.personId === 'string' && typeof answer.startsAt === 'string' ? (answer as Taken) : undefined
}

/** The latest topics of the students, the newest first. */
export function topicsOf(loaded: StaffLesson[], lesson: StaffLesson): string[] {
  const ids = new Set(lesson.students.map(({ studentId }) => studentId))
  const earlier = loaded.filter(
    (one) =>
      one.id !== lesson.id &&
      isCompleted(one) &&
      one.topic &&
      one.subject === lesson.subject &&
      startOf(one) < startOf(lesson) &&
      one.students.some(({ studentId }) => ids.has(studentId)),
  )
  return [...new Set(earlier.toSorted((a, b) => startOf(b) - startOf(a)).map(({ topic }) => topic ?? ''))]
}
