import type { FamilyLesson, LessonStatus } from '@repitbot/contracts/lesson'
import type { z } from 'zod'
import type { Button } from './screen.ts'
import { button } from './screen.ts'
import { short } from './taps.ts'
import { instantOn, timeOn, type Wall } from './when.ts'
import type { Words } from './words.ts'

export type LessonView = z.output<typeof FamilyLesson>

const marks: Record<z.output<typeof LessonStatus>, string> = {
  scheduled: '▫️',
  rescheduled: '🔀',
  awaiting_confirmation: '⏳',
  completed: '✅',
  cancelled_free: '🚫',
  cancelled_chargeable: '🚫',
}
export const namesOf = ({ students }: LessonView): string => students.map(({ name }) => name).join(', ')

/** One line of a list. */
export const rowOf = (lesson: LessonView, words: Words, wall: Wall): string =>
  words.html('lesson.row', {
    mark: marks[lesson.status],
    time: timeOn(wall, lesson.startsAt),
    names: namesOf(lesson),
    subject: lesson.subject,
  })

/** The button that opens a lesson's card. */
export const buttonOf = (lesson: LessonView, wall: Wall): Button =>
  button(`${marks[lesson.status]} ${timeOn(wall, lesson.startsAt)} ${namesOf(lesson)}`.slice(0, 60), 'les', short(lesson.id))

export const whenOf = (lesson: LessonView, wall: Wall): string => instantOn(wall, lesson.startsAt, lesson.zone)

/** Everything on a lesson's card that its reader may see. */
export function cardOf(lesson: LessonView, words: Words, wall: Wall): string[] {
  const { html, text } = words
  const length = text('lesson.minutes', { count: lesson.minutes })
  const isCompleted = lesson.status === 'completed'
  return [
    html('lesson.title', { subject: lesson.subject }),
    html('lesson.when', { when: whenOf(lesson, wall), length }),
    html('lesson.names', { names: namesOf(lesson) }),
    html('lesson.tutor', { name: lesson.tutorName }),
    html('lesson.status', { mark: marks[lesson.status], status: text(`lesson.status_${lesson.status}`) }),
    ...(isCompleted ? lesson.students.map((seat) => seatOf(seat, words)) : []),
    ...(lesson.topic ? [html('lesson.topic', { topic: lesson.topic })] : []),
    ...(lesson.note ? [html('lesson.note', { note: lesson.note })] : []),
  ]
}

function seatOf({ name, attendance = 'attended', grade }: LessonView['students'][number], { html, text }: Words): string {
  const values = { name, attendance: text(`lesson.${attendance}`) }
  return grade ? html('lesson.seatGraded', { ...values, grade: grade.value }) : html('lesson.seat', values)
}
export const videoOf = (lesson: LessonView, words: Words): Button[][] =>
  lesson.videoUrl ? [[{ label: words.text('lesson.video'), url: lesson.videoUrl }]] : []
