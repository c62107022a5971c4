import type { Inside } from '../inside.ts'
import { daysOf, type HeardLesson, newsOf } from '../rules/facts.ts'
import { settle } from '../rules/settle.ts'
import type { HeardReport } from '../rules/student.ts'

/** Settles a batch of reports, each student once, whatever came in what order. */
export async function hearLessons({ store, terrain }: Inside, batch: HeardLesson[]): Promise<void> {
  const schoolIds = [...new Set(batch.flatMap(({ reports }) => reports.map(({ schoolId }) => schoolId)))]
  if (schoolIds.length === 0) return
  const at = terrain()
  let news: Map<string, HeardReport[]> = new Map()
  await store.changeStudents(schoolIds, {
    now: at.now,
    lessonIds: batch.map(({ lessonId }) => lessonId),
    whom: (holders) => {
      const reports = newsOf(batch, holders)
      news = Map.groupBy(reports, ({ studentId }) => studentId)
      return reports.map(({ studentId: id, schoolId }) => ({ id, schoolId }))
    },
    daysOf: (student) => daysOf(student, news.get(student.id) ?? [], at.dayStartHour),
    decide: (known) => settle(known, news.get(known.student.id) ?? [], at),
  })
}
