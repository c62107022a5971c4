import { Refused } from '@repitbot/contracts/client'
import type { Lesson } from '@repitbot/contracts/lesson'
import type { z } from 'zod'
import { api } from '../clients.ts'
import { queries } from '../queries.ts'

export type HeldLesson = z.output<typeof Lesson>
type Span = { from: string; until: string }
const key = 'lessons'
/** The stream tells what others change, and may lose a word: what is shown is asked for again in any case. */
const againMs = 60_000

export const isOff = ({ status }: Pick<HeldLesson, 'status'>) => status.startsWith('cancelled')
export const isHeld = ({ status }: Pick<HeldLesson, 'status'>) => status === 'completed'
export const isOpen = (lesson: HeldLesson) => !isOff(lesson) && !isHeld(lesson)
export const startOf = ({ startsAt }: Pick<HeldLesson, 'startsAt'>) => Date.parse(startsAt)
export const endOf = (lesson: Pick<HeldLesson, 'startsAt' | 'minutes'>) => startOf(lesson) + lesson.minutes * 60_000
export const namesOf = ({ students }: Pick<HeldLesson, 'students'>) => students.map(({ name }) => name).join(', ')

/** All lessons that start in the span, however many pages they fill. */
export const lessonsIn = ({ from, until }: Span) => ({
  queryKey: [key, from, until],
  refetchInterval: againMs,
  async queryFn(): Promise<HeldLesson[]> {
    const all: HeldLesson[] = []
    let after: string | undefined
    do {
      const page = await api.lessons.list({ from, until, limit: 500, after })
      all.push(...page.lessons)
      after = page.next ?? undefined
    } while (after)
    return all
  },
})

const put = (lesson: HeldLesson) =>
  queries.setQueriesData<HeldLesson[]>({ queryKey: [key] }, (all) => all?.map((one) => (one.id === lesson.id ? lesson : one)))

/** Shows a lesson as it will be at once, then as the server has it; a refusal puts back what was there and is thrown. */
export async function changed(lesson: HeldLesson, guess: Partial<HeldLesson>, ask: () => Promise<HeldLesson>): Promise<HeldLesson> {
  await queries.cancelQueries({ queryKey: [key] })
  put({ ...lesson, ...guess })
  try {
    const told = await ask()
    put(told)
    return told
  } catch (refused) {
    put(lesson)
    throw refused
  } finally {
    void queries.invalidateQueries()
  }
}

type Place = { id?: string; tutorId: string; studentIds: string[]; startsAt: number; minutes: number }
export const placeOf = (lesson: HeldLesson): Place => ({
  id: lesson.id,
  tutorId: lesson.tutorId,
  studentIds: lesson.students.map(({ studentId }) => studentId),
  startsAt: startOf(lesson),
  minutes: lesson.minutes,
})
/** The lesson that already takes the time of somebody in the place, among those that are known. */
export const inTheWay = (known: HeldLesson[], { id, tutorId, studentIds, startsAt, minutes }: Place): HeldLesson | undefined =>
  known.find(
    (other) =>
      other.id !== id &&
      !isOff(other) &&
      startOf(other) < startsAt + minutes * 60_000 &&
      endOf(other) > startsAt &&
      (other.tutorId === tutorId || other.students.some(({ studentId }) => studentIds.includes(studentId))),
  )

export type Taken = { personId: string; startsAt: string; minutes: number; lessonId?: string }
/** Whose time a refusal names as taken. */
export function takenIn(error: unknown): Taken | undefined {
  const told = error instanceof Refused && error.problem.code === 'double_booked' ? error.problem.with : undefined
  return told && typeof told.personId === 'string' && typeof told.startsAt === 'string' ? (told as Taken) : undefined
}

/** The latest topics of the students, the newest first. */
export function topicsOf(known: HeldLesson[], lesson: HeldLesson): string[] {
  const ids = new Set(lesson.students.map(({ studentId }) => studentId))
  const earlier = known.filter(
    (one) =>
      one.id !== lesson.id &&
      isHeld(one) &&
      one.topic &&
      one.subject === lesson.subject &&
      startOf(one) < startOf(lesson) &&
      one.students.some(({ studentId }) => ids.has(studentId)),
  )
  return [...new Set(earlier.toSorted((a, b) => startOf(b) - startOf(a)).map(({ topic }) => topic ?? ''))]
}
