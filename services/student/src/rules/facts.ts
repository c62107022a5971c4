import { rateAt } from './lesson-xp.ts'
import type { AppliedSettings, Fact, Report, Student, StudentReport, XpContext } from './student.ts'
import { dayOf } from './zones.ts'

/** One version of a lesson's report: a part for each student of the lesson. */
export type LessonReports = { lessonId: string; version: number; reports: StudentReport[] }
/** A student who has a fact of a lesson already, from which version and on which day. */
export type Holder = { lessonId: string; studentId: string; schoolId: string; version: number; day: number | null }

/**
 * The reports that change something, from a batch that may hold old, repeated and late ones in any order: of each lesson the highest
 * version, if it is higher than the stored one. A version holds the whole lesson, so a student whom it leaves out is no longer in the lesson.
 */
export function newReportsOf(batch: readonly LessonReports[], holders: readonly Holder[]): StudentReport[] {
  const highest = new Map<string, LessonReports>()
  for (const lesson of batch) if (lesson.version > (highest.get(lesson.lessonId)?.version ?? 0)) highest.set(lesson.lessonId, lesson)
  const holdersOf = Map.groupBy(holders, ({ lessonId }) => lessonId)
  return [...highest.values()].flatMap((lesson) => {
    const before = holdersOf.get(lesson.lessonId) ?? []
    if (before.some(({ version }) => version >= lesson.version)) return []
    const named = new Set(lesson.reports.map(({ studentId }) => studentId))
    const [any] = lesson.reports
    const gone = any
      ? before
          .filter(({ studentId }) => !named.has(studentId))
          .map(({ studentId, schoolId }) => ({ ...any, studentId, schoolId, ...takenBack }))
      : []
    return [...lesson.reports, ...gone]
  })
}

/** What a report says of a student when it was taken back. */
export const takenBack = { held: false, attendance: null, percent: null } as const

/** The days whose facts must be loaded before XP is computed from these reports: those they fall on, and those they fell on before. */
export function daysOf(
  { zones }: Pick<Student, 'zones'>,
  lessons: { reports: readonly Report[]; before: readonly Holder[] },
  dayStartHour: number,
): number[] {
  const now = lessons.reports.map(({ heldAt }) => dayOf(heldAt, { zones, dayStartHour }))
  return [...new Set([...now, ...lessons.before.map(({ day }) => day)].flatMap((day) => day ?? []))]
}

/**
 * The facts with the reports in them. A fact gets its day and its settings when it is first counted, which waits for the student's card,
 * and keeps them: neither a later zone nor later settings change what was earned.
 */
export function withReports(
  student: Student,
  facts: readonly Fact[],
  { reports, context }: { reports: readonly StudentReport[]; context: XpContext },
): Map<string, Fact> {
  const after = new Map(facts.map((fact) => [fact.lessonId, fact]))
  for (const { studentId, correlationId, schoolId, ...report } of reports) {
    const before = after.get(report.lessonId)
    if (schoolId !== student.schoolId || studentId !== student.id || (before && before.version >= report.version)) continue
    const kept = before?.heldAt === report.heldAt ? { day: before.day, applied: before.applied } : { day: null, applied: null }
    after.set(report.lessonId, {
      ...report,
      ...kept,
      xp: before?.xp ?? 0,
      rows: before?.rows ?? 0,
      cappedBy: before?.cappedBy ?? null,
    })
  }
  if (student.role !== 'student') return after
  for (const fact of after.values()) if (fact.day === null) after.set(fact.lessonId, withDay(fact, student, context))
  return after
}

function withDay(fact: Fact, { zones }: Student, { settings, generation, dayStartHour }: XpContext): Fact {
  const applied: AppliedSettings = { rate: rateAt(fact.heldAt, settings.xp), dailyCapXp: settings.xp.dailyCapXp, generation }
  return { ...fact, day: dayOf(fact.heldAt, { zones, dayStartHour }), applied: fact.applied ?? applied }
}
