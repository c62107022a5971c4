import { addDays, instantOf } from '@repitbot/contracts/calendar'
import type { MemberContext } from '../feature.ts'
import type { Draft } from '../rules/add-lesson.ts'
import { isOpen, type LessonView } from '../rules/lessons.ts'
import { listLessons } from './list-day.ts'

const minuteMs = 60_000

/** A lesson of the tutor or the student that takes the time of a draft, as far as its writer may see it; the server looks at all of them. */
export async function findTaken(context: MemberContext, { who, day, time, minutes = 5, tutorId }: Draft): Promise<LessonView | undefined> {
  if (!who || !day || !time) return undefined
  const { zone } = context.wall
  const start = instantOf(day, time, zone).getTime()
  const end = start + minutes * minuteMs
  const isTheirs = (lesson: LessonView) =>
    context.role === 'tutor' || lesson.tutorId === tutorId || lesson.students.some(({ studentId }) => studentId === who.id)
  const lessons = await listLessons(context, addDays(day, -1), addDays(day, 2))
  return lessons.find((lesson) => {
    const startsAt = Date.parse(lesson.startsAt)
    return isOpen(lesson) && isTheirs(lesson) && startsAt < end && startsAt + lesson.minutes * minuteMs > start
  })
}
