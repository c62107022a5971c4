import { wallTimeOf, weekdayOf } from '@repitbot/contracts/calendar'
import type { LessonReport } from '@repitbot/contracts/lesson'
import { api } from '../clients.ts'
import { queries } from '../queries.ts'
import { refusalText } from '../ui/error-alert.tsx'
import { showToast } from '../ui/toast.tsx'
import { offerUndo } from '../ui/undo.tsx'
import { translate } from '../words.ts'
import { changeOptimistically, namesOf, type StaffLesson, startOf } from './lessons.ts'

/** Of a lesson of a series: it alone, it and all after it, or all that are ahead. */
export type Scope = 'this' | 'following' | 'all'
export type To = { startsAt: string; minutes: number }

/** Puts a lesson back as it stood before its last change; refused when it has changed since. */
const undoOf = ({ id: lessonId, version }: StaffLesson) => changeAndShow(() => api.lessons.undo({ lessonId, version }))
/** The same of a series with all its lessons. */
const undoSeriesOf = ({ id: seriesId, version }: { id: string; version: number }) =>
  changeAndShow(() => api.series.undo({ seriesId, version }))
async function changeAndShow(ask: () => Promise<unknown>): Promise<void> {
  try {
    await ask()
    showToast({ text: translate('undone') })
  } finally {
    await queries.invalidateQueries()
  }
}

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
  const withdraw = offerUndo({ text: translate(completed ? 'corrected' : 'reported'), undo: async () => undoOf(await done) })
  await done.catch((refused) => {
    withdraw()
    showToast({ text: refusalText(refused) })
    throw refused
  })
}

export async function reopenLesson(lesson: StaffLesson): Promise<void> {
  const students = lesson.students.map(({ attendance: _was, minutes: _long, grade: _given, ...seat }) => seat)
  const status = startOf(lesson) + lesson.minutes * 60_000 <= Date.now() ? ('awaiting_confirmation' as const) : ('scheduled' as const)
  const guess = { status, note: undefined, students }
  const reopened = await changeOptimistically(lesson, guess, () => api.lessons.reopen({ lessonId: lesson.id }))
  offerUndo({ text: translate('reopened'), undo: () => undoOf(reopened) })
}

export async function moveLesson(lesson: StaffLesson, to: To, scope: Scope = 'this'): Promise<void> {
  const { id: lessonId } = lesson
  const one = () => api.lessons.move({ lessonId, ...to })
  let series: { id: string; version: number } | undefined
  const many = async () => {
    series = await moveSeries(lesson, to, scope)
    // A lesson that was moved by hand keeps its place when its series moves.
    return lesson.movedFrom ? one() : api.lessons.get({ lessonId })
  }
  const moved = await changeOptimistically(lesson, { ...to, status: 'rescheduled' }, scope === 'this' ? one : many)
  const changed = series
  if (changed) offerUndo({ text: translate('seriesMoved'), undo: () => undoSeriesOf(changed) })
  else offerUndo({ text: translate('moved'), undo: () => undoOf(moved) })
}

/** A series keeps wall time: of the new place it takes over the time of day, the length, and the weekday instead of the old one. */
async function moveSeries({ seriesId = '', seriesOn = '', ...was }: StaffLesson, to: To, scope: Scope) {
  const { zone, freq, weekdays, version } = await api.series.get({ seriesId })
  const wall = wallTimeOf(to.startsAt, zone)
  const [old, next] = [weekdayOf(seriesOn), weekdayOf(wall.slice(0, 10))]
  const others = weekdays.filter((weekday) => weekday !== old && weekday !== next)
  return api.series.change({
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
  let series: { id: string; version: number } | undefined
  const many = async () => {
    series = await api.series.cancel({ seriesId, scope, on: scope === 'all' ? undefined : seriesOn, ...how })
    return api.lessons.get({ lessonId })
  }
  const one = () => api.lessons.cancel({ lessonId, ...how })
  const cancelled = await changeOptimistically(lesson, { status: 'cancelled_free' }, scope === 'this' ? one : many)
  const text = translate(scope === 'this' ? 'calledOff' : 'seriesCalledOff', { name: namesOf(lesson) })
  const changed = series
  offerUndo({ text, undo: () => (changed ? undoSeriesOf(changed) : undoOf(cancelled)) })
}

/** A cancelled lesson takes place after all. */
export async function restoreLesson(lesson: StaffLesson): Promise<void> {
  const guess = { status: 'scheduled' as const, cancellation: undefined }
  const restored = await changeOptimistically(lesson, guess, () => api.lessons.restore({ lessonId: lesson.id }))
  offerUndo({ text: translate('restored', { name: namesOf(lesson) }), undo: () => undoOf(restored) })
}

export async function waiveCharge(lesson: StaffLesson): Promise<void> {
  const waived = await changeOptimistically(lesson, { status: 'cancelled_free' }, () => api.lessons.waive({ lessonId: lesson.id }))
  offerUndo({ text: translate('waived', { name: namesOf(lesson) }), undo: () => undoOf(waived) })
}
