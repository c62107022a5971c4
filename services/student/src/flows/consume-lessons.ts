import { schoolsOf } from '@repitbot/kit/database'
import type { Deps } from '../deps.ts'
import { computeXp } from '../rules/compute-xp.ts'
import { daysOf, type Holder, type LessonReports, newReportsOf } from '../rules/facts.ts'
import type { StudentReport } from '../rules/student.ts'

/** Computes the XP of a batch of reports, each student once; the order of the reports plays no part. */
export async function consumeLessons({ store, xpContext }: Deps, batch: LessonReports[]): Promise<void> {
  const { schoolId: schoolIds } = schoolsOf(batch.flatMap(({ reports }) => reports))
  if (schoolIds.length === 0) return
  const context = xpContext()
  let newReports: Map<string, StudentReport[]> = new Map()
  let before: Map<string, Holder[]> = new Map()
  await store.changeStudents(schoolIds, {
    now: context.now,
    lessonIds: batch.map(({ lessonId }) => lessonId),
    membersOf: (holders) => {
      before = Map.groupBy(holders, ({ studentId }) => studentId)
      const reports = newReportsOf(batch, holders)
      newReports = Map.groupBy(reports, ({ studentId }) => studentId)
      return reports.map(({ studentId: id, schoolId }) => ({ id, schoolId }))
    },
    daysOf: (student) =>
      daysOf(student, { reports: newReports.get(student.id) ?? [], before: before.get(student.id) ?? [] }, context.dayStartHour),
    decide: (state) => computeXp(state, newReports.get(state.student.id) ?? [], context),
  })
}
