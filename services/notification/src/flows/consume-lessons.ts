import type { ConsumedEvent } from '@repitbot/contracts/events'
import { schoolsOf } from '@repitbot/kit/database'
import type { Deps, Unit } from '../deps.ts'
import { evesToRequest, isSoon, type Lesson, remindersOf, remindersToRequest } from '../rules/reminders.ts'
import { notifyOfEvents } from './consume-events.ts'

type LessonEvent = 'lesson.planned' | 'lesson.moved' | 'lesson.cancelled' | 'lesson.restored'

/** Keeps a copy of lessons ahead, moves their reminders and notifies people. An event is left out when a later version is already kept. */
export const consumeLessons = <N extends LessonEvent>(deps: Deps, name: N, batch: ConsumedEvent<N>[]) =>
  deps.store.transaction(schoolsOf(batch), async (unit) => {
    const now = deps.now()
    const lessons = batch.map((event) => toLesson(event, name !== 'lesson.cancelled'))
    const rows = lessons.map((lesson) => ({ ...lesson, remindedFor: isSoon(lesson, now) ? lesson.startsAt : null }))
    const kept = new Map((await unit.keepLessons(rows)).map((row) => [row.id, row]))
    const isKept = ({ id, version }: { id: string; version: number }) => kept.get(id)?.version === version
    const studentsBefore = (id: string) => kept.get(id)?.studentsBefore ?? undefined
    const before = lessons.map((lesson) => ({ ...lesson, students: studentsBefore(lesson.id) ?? [] }))
    await Promise.all([
      wakeLessonPages(unit, [...lessons, ...before]),
      moveReminders(unit, lessons.filter(isKept), { now, isNew: ({ id }) => !studentsBefore(id) }),
    ])
    const current = batch.filter(({ body: { lessonId: id, version } }) => isKept({ id, version }))
    const toNotify = name === 'lesson.planned' ? current.flatMap((event) => toNewsOf(event, studentsBefore(event.body.lessonId))) : current
    await notifyOfEvents(deps, unit, name, toNotify)
  })

/** A charge that is waived afterwards has no notice, and must not replace the cancellation it belongs to when both come in one batch. */
export async function consumeCancelled(deps: Deps, batch: ConsumedEvent<'lesson.cancelled'>[]): Promise<void> {
  const { cancelled = [], waived = [] } = Object.groupBy(batch, ({ body }) => (body.waived ? 'waived' : 'cancelled'))
  for (const part of [cancelled, waived]) if (part.length) await consumeLessons(deps, 'lesson.cancelled', part)
}

async function moveReminders(unit: Unit, lessons: Lesson[], { now, isNew }: { now: Date; isNew: (lesson: Lesson) => boolean }) {
  const requests = lessons.flatMap((lesson) => remindersToRequest(lesson, now))
  const keys = new Set(requests.map(({ reminder: { code, lessonId } }) => `${code} ${lessonId}`))
  const others = remindersOf(lessons.filter((lesson) => !isNew(lesson)))
  await unit.dropReminders(others.filter(({ code, lessonId }) => !keys.has(`${code} ${lessonId}`)))
  await unit.requestReminders(requests)
  await requestEves(unit, lessons, now)
}

/** For early lessons: the evening before, by the quiet hours of each student. */
export async function requestEves(unit: Unit, lessons: Lesson[], now: Date): Promise<void> {
  const soon = lessons.filter((lesson) => isSoon(lesson, now))
  if (!soon.length) return
  const quietSettings = await unit.listQuietSettings([...new Set(soon.flatMap(({ students }) => students))])
  const requests = soon.flatMap((lesson) =>
    evesToRequest(
      lesson,
      quietSettings.filter(({ userId }) => lesson.students.includes(userId)),
      now,
    ),
  )
  if (requests.length) await unit.requestEves(requests)
}

/**
 * A lesson that is planned again is news for the students who were not on it. For those who were, `was` says what has changed; where no
 * earlier version came here, they are all new.
 */
function toNewsOf<E extends ConsumedEvent<LessonEvent>>(event: E, before: string[] = []): E[] {
  const { was, students } = event.body
  const toldTo = (isTold: (studentId: string) => boolean, more: object): E => ({
    ...event,
    body: { ...event.body, ...more, students: students.filter(({ studentId }) => isTold(studentId)) },
  })
  const newcomers = toldTo((id) => !before.includes(id), { was: undefined })
  return was && before.length ? [newcomers, toldTo((id) => before.includes(id), {})] : [newcomers]
}

const toLesson = ({ schoolId, correlationId, body }: ConsumedEvent<LessonEvent>, scheduled: boolean): Lesson => ({
  id: body.lessonId,
  schoolId,
  version: body.version,
  subject: body.subject,
  startsAt: body.startsAt,
  minutes: body.minutes,
  zone: body.zone,
  videoUrl: body.videoUrl ?? null,
  students: body.students.map(({ studentId }) => studentId),
  scheduled,
  correlationId,
  tutorId: body.tutorId,
})

/** Keeps whether lessons have a report, for the tutor's evening, and notifies people of the report. */
export const consumeReports = <N extends 'lesson.completed' | 'lesson.corrected' | 'lesson.reopened'>(
  deps: Deps,
  name: N,
  batch: ConsumedEvent<N>[],
) =>
  deps.store.transaction(schoolsOf(batch), async (unit) => {
    unit.markReported(
      batch.map(({ body }) => body.lessonId),
      name !== 'lesson.reopened',
    )
    const lessons = batch.map(({ body }) => ({ tutorId: body.tutorId, students: body.students.map(({ studentId }) => studentId) }))
    await Promise.all([wakeLessonPages(unit, lessons), notifyOfEvents(deps, unit, name, batch)])
  })

/** Wakes the open pages of all who see these lessons: their tutors, students and families, and people who see the whole school. */
async function wakeLessonPages(unit: Unit, lessons: Pick<Lesson, 'tutorId' | 'students'>[]): Promise<void> {
  const students = [...new Set(lessons.flatMap((lesson) => lesson.students))]
  const others = await unit.listLessonWatchers(students)
  unit.wakeLessonPages([...new Set([...lessons.flatMap(({ tutorId }) => tutorId ?? []), ...students, ...others])])
}
