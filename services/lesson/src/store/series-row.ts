import type { Series } from '../rules/series-lessons.ts'
import type { SeriesRow } from '../tables.ts'

/** A row as the series it is; names come from people's cards. */
export function seriesOf(row: SeriesRow, names: Map<string, string>): Series {
  const { id, tutorId, type, subject, minutes, version, freq, weekdays, zone } = row
  const rule = {
    freq,
    interval: row.step,
    weekdays,
    at: row.wallTime,
    zone,
    from: row.fromOn,
    until: row.untilOn ?? undefined,
    count: row.occurrences ?? undefined,
  }
  const students = row.students.map((seat) => ({ ...seat, name: names.get(seat.studentId) ?? '' }))
  return {
    id,
    tutorId,
    tutorName: names.get(tutorId) ?? '',
    type,
    subject,
    minutes,
    videoUrl: row.videoUrl ?? undefined,
    rule,
    version,
    students,
  }
}

/** The whole row of a series. */
export function rowOf(schoolId: string, { id, tutorId, type, subject, minutes, videoUrl, rule, version, students }: Series): SeriesRow {
  const { freq, interval: step, weekdays, at: wallTime, zone, from: fromOn, until, count } = rule
  return {
    id,
    schoolId,
    tutorId,
    type,
    subject,
    minutes,
    videoUrl: videoUrl ?? null,
    freq,
    step,
    weekdays,
    wallTime,
    zone,
    fromOn,
    untilOn: until ?? null,
    occurrences: count ?? null,
    students: students.map(({ studentId, priceMinor, currency }) => ({ studentId, priceMinor, currency })),
    version,
  }
}
