import { rateAt } from './lesson-xp.ts'
import type { ConsumedReport, Fact, Report, Student, Terms, Terrain } from './student.ts'
import { dayOf } from './zones.ts'

/** One lesson's report as it was heard: everybody who was to be there, each with what was said of them. */
export type ConsumedLesson = { lessonId: string; version: number; reports: ConsumedReport[] }
/** Who has a fact of a lesson already, from which version and on which day. */
export type Holder = { lessonId: string; studentId: string; schoolId: string; version: number; day: number | null }

/**
 * The reports that are news, from a batch that may hold old, repeated and late ones in any order: of each lesson the highest version,
 * when it is higher than what is known. A version says all of a lesson, so whoever it leaves out is not in the lesson any more.
 */
export function newsOf(batch: readonly ConsumedLesson[], holders: readonly Holder[]): ConsumedReport[] {
  const highest = new Map<string, ConsumedLesson>()
  for (const lesson of batch) if (lesson.version > (highest.get(lesson.lessonId)?.version ?? 0)) highest.set(lesson.lessonId, lesson)
  const holding = Map.groupBy(holders, ({ lessonId }) => lessonId)
  return [...highest.values()].flatMap((lesson) => {
    const before = holding.get(lesson.lessonId) ?? []
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

export const takenBack = { held: false, attendance: null, percent: null } as const

/** Days whose facts must be known before these reports can be settled: those they fall on, and those they fell on before. */
export function daysOf(
  { zones }: Pick<Student, 'zones'>,
  lessons: { reports: readonly Report[]; before: readonly Holder[] },
  dayStartHour: number,
): number[] {
  const now = lessons.reports.map(({ heldAt }) => dayOf(heldAt, { zones, dayStartHour }))
  return [...new Set([...now, ...lessons.before.map(({ day }) => day)].flatMap((day) => day ?? []))]
}

/**
 * The facts with the reports in them. A fact gets its day and its terms when it is first settled, which waits for the student's card,
 * and keeps them: neither a later zone nor later settings rewrite what was earned.
 */
export function withReports(
  student: Student,
  facts: readonly Fact[],
  news: { reports: readonly ConsumedReport[]; terrain: Terrain },
): Map<string, Fact> {
  const after = new Map(facts.map((fact) => [fact.lessonId, fact]))
  for (const { studentId, correlationId, schoolId, ...report } of news.reports) {
    const before = after.get(report.lessonId)
    if (schoolId !== student.schoolId || studentId !== student.id || (before && before.version >= report.version)) continue
    const kept = before?.heldAt === report.heldAt ? { day: before.day, terms: before.terms } : { day: null, terms: null }
    after.set(report.lessonId, { ...report, ...kept, xp: before?.xp ?? 0, rows: before?.rows ?? 0, cut: before?.cut ?? null })
  }
  if (student.role !== 'student') return after
  for (const fact of after.values()) if (fact.day === null) after.set(fact.lessonId, placed(fact, student, news.terrain))
  return after
}

function placed(fact: Fact, { zones }: Student, { settings, generation, dayStartHour }: Terrain): Fact {
  const terms: Terms = { rate: rateAt(fact.heldAt, settings.xp), dailyCapXp: settings.xp.dailyCapXp, generation }
  return { ...fact, day: dayOf(fact.heldAt, { zones, dayStartHour }), terms: fact.terms ?? terms }
}
