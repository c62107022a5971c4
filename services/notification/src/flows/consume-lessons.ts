import type { ConsumedEvent } from '@repitbot/contracts/events'
import { schoolsOf } from '@repitbot/kit/database'
import type { Deps, Unit } from '../deps.ts'
import { askedFor, evesAsked, isSoon, type Lesson, remindersOf } from '../rules/reminders.ts'
import { tellEvents } from './consume-events.ts'

type Ahead = 'lesson.planned' | 'lesson.moved' | 'lesson.cancelled'

/** Keeps a copy of what lies ahead, lets the reminders follow it, and tells the people; what a later version has overtaken is not told. */
export const consumeLessons = <N extends Ahead>(deps: Deps, name: N, batch: ConsumedEvent<N>[]) =>
  deps.store.transaction(schoolsOf(batch), async (unit) => {
    const now = deps.now()
    const lessons = batch.map((event) => lessonOf(event, name !== 'lesson.cancelled'))
    const rows = lessons.map((lesson) => ({ ...lesson, remindedFor: isSoon(lesson, now) ? lesson.startsAt : null }))
    const kept = new Map((await unit.keepLessons(rows)).map((row) => [row.id, row]))
    const isKept = ({ id, version }: { id: string; version: number }) => kept.get(id)?.version === version
    const known = (id: string) => kept.get(id)?.studentsBefore ?? undefined
    const before = lessons.map((lesson) => ({ ...lesson, students: known(lesson.id) ?? [] }))
    await Promise.all([
      wakeWatchers(deps, unit, [...lessons, ...before]),
      followReminders(unit, lessons.filter(isKept), { now, isNew: ({ id }) => !known(id) }),
    ])
    const current = batch.filter(({ body: { lessonId: id, version } }) => isKept({ id, version }))
    const told = name === 'lesson.planned' ? current.map((event) => toNewcomers(event, known(event.body.lessonId))) : current
    await tellEvents(deps, unit, name, told)
  })

/** A charge waived afterwards is no news, and must not overtake the cancellation it belongs to when both come in one batch. */
export async function consumeCancelled(deps: Deps, batch: ConsumedEvent<'lesson.cancelled'>[]): Promise<void> {
  const { cancelled = [], waived = [] } = Object.groupBy(batch, ({ body }) => (body.waived ? 'waived' : 'cancelled'))
  for (const part of [cancelled, waived]) if (part.length) await consumeLessons(deps, 'lesson.cancelled', part)
}

async function followReminders(unit: Unit, lessons: Lesson[], { now, isNew }: { now: Date; isNew: (lesson: Lesson) => boolean }) {
  const asked = lessons.flatMap((lesson) => askedFor(lesson, now))
  const keys = new Set(asked.map(({ reminder: { code, lessonId } }) => `${code} ${lessonId}`))
  const others = remindersOf(lessons.filter((lesson) => !isNew(lesson)))
  await unit.dropReminders(others.filter(({ code, lessonId }) => !keys.has(`${code} ${lessonId}`)))
  await unit.askReminders(asked)
  await askEves(unit, lessons, now)
}

/** For early lessons: the evening before, by each student's own night. */
export async function askEves(unit: Unit, lessons: Lesson[], now: Date): Promise<void> {
  const soon = lessons.filter((lesson) => isSoon(lesson, now))
  if (!soon.length) return
  const sleepers = await unit.listSleepers([...new Set(soon.flatMap(({ students }) => students))])
  const asked = soon.flatMap((lesson) =>
    evesAsked(
      lesson,
      sleepers.filter(({ userId }) => lesson.students.includes(userId)),
      now,
    ),
  )
  if (asked.length) await unit.askEves(asked)
}

/** A lesson said again, with another link or length, is news only to the students who were not on it. */
const toNewcomers = <E extends ConsumedEvent<Ahead>>(event: E, before: string[] = []): E => ({
  ...event,
  body: { ...event.body, students: event.body.students.filter(({ studentId }) => !before.includes(studentId)) },
})

const lessonOf = ({ schoolId, correlationId, body }: ConsumedEvent<Ahead>, scheduled: boolean): Lesson => ({
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

/** What the evening tells of: lessons that have a report, and those that lost it again. */
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
    const seen = batch.map(({ body }) => ({ tutorId: body.tutorId, students: body.students.map(({ studentId }) => studentId) }))
    await Promise.all([wakeWatchers(deps, unit, seen), tellEvents(deps, unit, name, batch)])
  })

/** Tells the open pages of all who see these lessons that they have changed: their tutors, students and families, and who sees the whole school. */
async function wakeWatchers({ signals }: Deps, unit: Unit, lessons: Pick<Lesson, 'tutorId' | 'students'>[]): Promise<void> {
  const students = [...new Set(lessons.flatMap((lesson) => lesson.students))]
  const others = await unit.listLessonWatchers(students)
  const recipients = [...new Set([...lessons.flatMap(({ tutorId }) => tutorId ?? []), ...students, ...others])]
  unit.after(() => signals.send('lessons', { recipients }))
}
