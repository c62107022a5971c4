import type { FamilyLesson, LessonStatus } from '@repitbot/contracts/lesson'
import type { ComingLesson } from '@repitbot/contracts/series'
import type { z } from 'zod'
import { type Button, button, isButtonUrl } from './screen.ts'
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
/** Whether it is still ahead, or waits for its report. */
export const isOpen = ({ status }: LessonView): boolean => ['scheduled', 'rescheduled', 'awaiting_confirmation'].includes(status)
export const namesOf = ({ students }: { students: { name: string }[] }): string => students.map(({ name }) => name).join(', ')

/** One line of a list. */
export const rowOf = (lesson: LessonView, words: Words, wall: Wall): string =>
  words.html(lesson.videoUrl && isOpen(lesson) ? 'lesson.rowOnline' : 'lesson.row', {
    mark: marks[lesson.status],
    time: timeOn(wall, lesson.startsAt),
    names: namesOf(lesson),
    subject: lesson.subject,
  })

/** One line for what a series will have: there is no lesson to open yet. */
export const comingRowOf = (coming: ComingLesson, words: Words, wall: Wall): string =>
  words.html('lesson.rowComing', { time: timeOn(wall, coming.startsAt), names: namesOf(coming), subject: coming.subject })

/** The button that opens a lesson's card; in a list of several days it names the day. */
export const buttonOf = (lesson: LessonView, wall: Wall, ofSeveralDays = false): Button => {
  const time = ofSeveralDays ? instantOn(wall, lesson.startsAt) : timeOn(wall, lesson.startsAt)
  return button(`${marks[lesson.status]} ${time} ${namesOf(lesson)}`, 'les', short(lesson.id))
}

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
    // An address that Telegram takes on no button, such as https://meet/room in a school's own network.
    ...(lesson.videoUrl && isOpen(lesson) && !isButtonUrl(lesson.videoUrl) ? [html('lesson.videoAt', { url: lesson.videoUrl })] : []),
  ]
}

function seatOf({ name, attendance = 'attended', grade }: LessonView['students'][number], { html, text }: Words): string {
  const values = { name, attendance: text(`lesson.${attendance}`) }
  return grade ? html('lesson.seatGraded', { ...values, grade: grade.value }) : html('lesson.seat', values)
}
export const videoOf = ({ videoUrl }: LessonView, words: Words): Button[][] =>
  videoUrl && isButtonUrl(videoUrl) ? [[{ label: words.text('lesson.video'), url: videoUrl }]] : []
