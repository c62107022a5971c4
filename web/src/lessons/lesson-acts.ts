import { wallTimeOf, weekdayOf } from '@repitbot/contracts/calendar'
import type { LessonReport } from '@repitbot/contracts/lesson'
import { api } from '../clients.ts'
import { refusalText } from '../ui/error-alert.tsx'
import { showToast } from '../ui/toast.tsx'
import { offerUndo } from '../ui/undo.tsx'
import { translate } from '../words.ts'
import { changeOptimistically, namesOf, type StaffLesson, startOf } from './lessons.ts'

/** Of a lesson of a series: it alone, it and all after it, or all that are ahead. */
export type Scope = 'this' | 'following' | 'all'
export type To = { startsAt: string; minutes: number }

/** Reports a lesson as completed, or replaces its report. The key makes a repeat of a lost answer harmless. */
export async function reportLesson(lesson: StaffLesson, report: LessonReport, idempotencyKey: string): Promise<void> {
  const { id: lessonId, status } = lesson
  const completed = status === 'completed'
  const given = new Map(report.students.map((seat) => [seat.studentId, seat]))
  const students = lesson.students.map((seat) => {
    const { attendance, grade } = given.get(seat.studentId) ?? {}
    return { ...seat, attendance, grade: grade && { ...grade, percent: 0, perfect: false } }
  })
  const guess = { status: 'completed' as const, topic: report.topic ?? lesson.topic, note: report.note, students }
  const ask = () =>
    completed
      ? api.lessons.correct({ lessonId, version: lesson.version, ...report })
      : api.lessons.complete({ lessonId, ...report }, { idempotencyKey })
  const done = changeOptimistically(lesson, guess, ask)
  const withdraw = offerUndo({ text: translate(completed ? 'corrected' : 'reported'), undo: async () => reopenLesson(await done) })
  await done.catch((refused) => {
    withdraw()
    showToast({ text: refusalText(refused) })
    throw refused
  })
}

export async function reopenLesson(lesson: StaffLesson): Promise<void> {
  const students = lesson.students.map(({ attendance: _was, minutes: _long, grade: _given, ...seat }) => seat)
  const status = startOf(lesson) + lesson.minutes * 60_000 <= Date.now() ? 'awaiting_confirmation' : 'scheduled'
  await changeOptimistically(lesson, { status, note: undefined, students }, () => api.lessons.reopen({ lessonId: lesson.id }))
  showToast({ text: translate('reopened') })
}

export async function moveLesson(lesson: StaffLesson, to: To, scope: Scope = 'this'): Promise<void> {
  const { id: lessonId, startsAt, minutes } = lesson
  const one = () => api.lessons.move({ lessonId, ...to })
  const many = async () => {
    await moveSeries(lesson, to, scope)
    // A lesson that was moved by hand keeps its place when its series moves.
    return lesson.movedFrom ? one() : api.lessons.get({ lessonId })
  }
  const moved = await changeOptimistically(lesson, { ...to, status: 'rescheduled' }, scope === 'this' ? one : many)
  const back = () => changeOptimistically(moved, { startsAt, minutes }, () => api.lessons.move({ lessonId, startsAt, minutes }))
  if (scope === 'this') offerUndo({ text: translate('moved'), undo: back })
  else showToast({ text: translate('seriesMoved') })
}

/** A series keeps wall time: of the new place it takes over the time of day, the length, and the weekday instead of the old one. */
async function moveSeries({ seriesId = '', seriesOn = '', ...was }: StaffLesson, to: To, scope: Scope): Promise<void> {
  const { zone, freq, weekdays, version } = await api.series.get({ seriesId })
  const wall = wallTimeOf(to.startsAt, zone)
  const [old, next] = [weekdayOf(seriesOn), weekdayOf(wall.slice(0, 10))]
  const others = weekdays.filter((weekday) => weekday !== old && weekday !== next)
  await api.series.change({
    seriesId,
    version,
    scope,
    on: scope === 'all' ? undefined : seriesOn,
    at: Date.parse(to.startsAt) === startOf(was) ? undefined : wall.slice(11),
    minutes: to.minutes === was.minutes ? undefined : to.minutes,
    weekdays: freq === 'weekly' && old !== next ? [...others, next] : undefined,
  })
}

type Calling = { reason?: string; makeUpCredit: boolean }
export async function cancelLesson(lesson: StaffLesson, how: Calling, scope: Scope = 'this'): Promise<void> {
  const { id: lessonId, seriesId = '', seriesOn } = lesson
  const many = async () => {
    await api.series.cancel({ seriesId, scope, on: scope === 'all' ? undefined : seriesOn, ...how })
    return api.lessons.get({ lessonId })
  }
  await changeOptimistically(lesson, { status: 'cancelled_free' }, scope === 'this' ? () => api.lessons.cancel({ lessonId, ...how }) : many)
  showToast({ text: translate(scope === 'this' ? 'calledOff' : 'seriesCalledOff', { name: namesOf(lesson) }) })
}

export async function waiveCharge(lesson: StaffLesson): Promise<void> {
  await changeOptimistically(lesson, { status: 'cancelled_free' }, () => api.lessons.waive({ lessonId: lesson.id }))
  showToast({ text: translate('waived', { name: namesOf(lesson) }) })
}
