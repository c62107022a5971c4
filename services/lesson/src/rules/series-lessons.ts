import { addDays } from '@repitbot/contracts/calendar'
import type { LessonType } from '@repitbot/contracts/lesson-fields'
import type { SeriesPlan } from '@repitbot/contracts/series'
import { seriesAheadDays } from '@repitbot/contracts/series-ahead'
import type { Seat, Whole } from './lesson.ts'
import type { Person } from './plan.ts'
import type { SeriesLesson } from './reschedule-series.ts'
import { type Occurrence, occurrenceId, occurrences, type Rule, startOf } from './series.ts'

/** A series: its rule, and what each of its lessons starts out with. */
export type Series = {
  id: string
  tutorId: string
  tutorName: string
  type: LessonType
  subject: string
  minutes: number
  videoUrl?: string
  rule: Rule
  version: number
  students: Pick<Seat, 'studentId' | 'name' | 'priceMinor' | 'currency'>[]
}

export function lessonOf(series: Series, { on, startsAt }: Occurrence): SeriesLesson {
  const { tutorId, tutorName, type, subject, minutes, videoUrl } = series
  const lesson: Whole<SeriesLesson> = {
    id: occurrenceId(series, on),
    tutorId,
    tutorName,
    type,
    subject,
    startsAt,
    minutes,
    zone: series.rule.zone,
    videoUrl,
    seriesId: series.id,
    seriesOn: on,
    topic: undefined,
    movedFrom: undefined,
    makeUpOf: undefined,
    note: undefined,
    sealedNote: undefined,
    status: 'scheduled',
    cancellation: undefined,
    version: 1,
    students: series.students.map((seat) => ({ ...seat })),
  }
  return lesson
}

/** The lessons a series does not have yet, from a day up to twelve weeks ahead; `taken` are the days that have one, cancelled and moved ones too. */
export const missingLessons = (series: Series, { from, today }: { from: string; today: string }, taken: Set<string>): SeriesLesson[] =>
  occurrences(series.rule, { from, until: addDays(today, seriesAheadDays) })
    .filter(({ on }) => !taken.has(on))
    .map((occurrence) => lessonOf(series, occurrence))

/** Lessons ahead that nobody moved and that are not at the wall time of their series, as they should be: one version on, at that time. */
export const lessonsBesideRule = (series: Series, lessons: SeriesLesson[], now: Date): SeriesLesson[] =>
  lessons.flatMap((lesson) => {
    const startsAt = startOf(series.rule, lesson.seriesOn)
    const isAhead = Math.min(Date.parse(lesson.startsAt), Date.parse(startsAt)) > now.getTime()
    if (lesson.status !== 'scheduled' || lesson.movedFrom || lesson.startsAt === startsAt || !isAhead) return []
    return [{ ...lesson, startsAt, version: lesson.version + 1 }]
  })

/** A series as it is planned, with the prices copied into it. */
export function planSeries(id: string, { body, tutorId }: { body: SeriesPlan; tutorId: string }, people: Map<string, Person>): Series {
  const tutor = people.get(tutorId)
  const { type, subject, minutes, videoUrl, freq, interval, weekdays = [], at, from, until, count } = body
  const series: Whole<Series> = {
    id,
    tutorId,
    tutorName: tutor?.name ?? '',
    type,
    subject,
    minutes,
    videoUrl,
    rule: {
      freq,
      interval,
      weekdays: [...weekdays].sort((a, b) => a - b),
      at,
      zone: body.zone ?? tutor?.zone ?? 'UTC',
      from,
      until,
      count,
    },
    version: 1,
    students: toSeats(body.students, people),
  }
  return series
}

export const toSeats = (students: Omit<Seat, 'name'>[], people: Map<string, Person>) =>
  students.map((student) => ({ ...student, name: people.get(student.studentId)?.name ?? '' }))

/** A series as the API answers it: the fields of its rule are fields of its own. */
export const toSeriesReply = ({ rule, ...series }: Series) => ({ ...series, ...rule })
