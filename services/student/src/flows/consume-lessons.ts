import { schoolsOf } from '@repitbot/kit/database'
import type { Deps } from '../deps.ts'
import { type ConsumedLesson, daysOf, type Holder, newsOf } from '../rules/facts.ts'
import { settle } from '../rules/settle.ts'
import type { ConsumedReport } from '../rules/student.ts'

/** Settles a batch of reports, each student once, whatever came in what order. */
export async function consumeLessons({ store, terrain }: Deps, batch: ConsumedLesson[]): Promise<void> {
  const { schoolId: schoolIds } = schoolsOf(batch.flatMap(({ reports }) => reports))
  if (schoolIds.length === 0) return
  const at = terrain()
  let news: Map<string, ConsumedReport[]> = new Map()
  let before: Map<string, Holder[]> = new Map()
  await store.changeStudents(schoolIds, {
    now: at.now,
    lessonIds: batch.map(({ lessonId }) => lessonId),
    whom: (holders) => {
      before = Map.groupBy(holders, ({ studentId }) => studentId)
      const reports = newsOf(batch, holders)
      news = Map.groupBy(reports, ({ studentId }) => studentId)
      return reports.map(({ studentId: id, schoolId }) => ({ id, schoolId }))
    },
    daysOf: (student) => daysOf(student, { reports: news.get(student.id) ?? [], before: before.get(student.id) ?? [] }, at.dayStartHour),
    decide: (known) => settle(known, news.get(known.student.id) ?? [], at),
  })
}
