import { Settings } from '@repitbot/contracts/settings'
import { expect } from 'chai'
import { computeXp } from '../src/rules/compute-xp.ts'
import { type LessonReports, newReportsOf } from '../src/rules/facts.ts'
import type { Day, Fact, LedgerRow, Pause, Student, StudentReport, XpContext, XpResult } from '../src/rules/student.ts'

export const settings = Settings.parse({})
export const context: XpContext = { settings, generation: 7, now: Date.parse('2026-11-23T12:00:00Z'), dayStartHour: 0 }
export const ann: Student = {
  id: 'ann',
  schoolId: 'school',
  role: 'student',
  zones: [{ version: 1, zone: 'Europe/Moscow', since: 0 }],
  registeredAt: 0,
  gameOn: true,
  totalXp: 0,
  level: 1,
  lessons: 0,
  minutes: 0,
  subjects: {},
  milestone: 0,
  closeAt: null,
  riskAt: null,
}

/** The store in memory: saves each result, and refuses a ledger row written twice. */
export function ledgerOf(student: Student = ann) {
  const stored = {
    student,
    facts: new Map<string, Fact>(),
    days: new Map<number, Day>(),
    pauses: [] as Pause[],
    earned: new Set<string>(),
    rows: new Map<string, LedgerRow>(),
    events: [] as XpResult['events'],
  }
  const change = (reports: StudentReport[], at: XpContext = context) => {
    const state = {
      student: stored.student,
      facts: [...stored.facts.values()],
      days: [...stored.days.values()],
      pauses: stored.pauses,
      earned: stored.earned,
    }
    const result = computeXp(state, reports, at)
    stored.student = result.student
    for (const fact of result.facts) stored.facts.set(fact.lessonId, fact)
    for (const day of result.days) stored.days.set(day.day, day)
    for (const { code } of result.earned) stored.earned.add(code)
    for (const row of result.rows) {
      const key = `${row.kind} ${row.sourceId} ${row.seq}`
      expect(stored.rows.has(key), key).to.equal(false)
      stored.rows.set(key, row)
    }
    stored.events.push(...result.events)
  }
  const consume = (...batch: LessonReports[]) => {
    const holders = [...stored.facts.values()].map(({ lessonId, version }) => ({
      lessonId,
      version,
      day: null,
      studentId: stored.student.id,
      schoolId: stored.student.schoolId,
    }))
    const reports = newReportsOf(batch, holders)
    if (reports.length > 0) change(reports)
  }
  const sums = () => {
    const perSource = Map.groupBy(stored.rows.values(), ({ sourceId }) => sourceId)
    return Object.fromEntries(
      [...perSource]
        .map(([id, rows]) => [id, rows.reduce((sum, { delta }) => sum + delta, 0)])
        .filter(([, sum]) => sum !== 0)
        .sort(),
    )
  }
  const lessonXp = () => [...stored.rows.values()].filter(({ kind }) => kind === 'lesson').reduce((sum, { delta }) => sum + delta, 0)
  const total = () => [...stored.rows.values()].reduce((sum, { delta }) => sum + delta, 0)
  const published = (name: string) => stored.events.filter((event) => event.name === name).map(({ body }) => body)
  return { stored, change, consume, sums, lessonXp, total, published }
}

type Given = Partial<StudentReport> & { lessonId: string }
export const report = (given: Given): StudentReport => ({
  version: 1,
  held: true,
  heldAt: Date.parse('2026-11-20T12:00:00Z'),
  type: 'individual',
  subject: 'maths',
  minutes: 60,
  attendance: 'attended',
  percent: null,
  eventId: `${given.lessonId}-${given.version ?? 1}`,
  correlationId: 'c',
  studentId: 'ann',
  schoolId: 'school',
  ...given,
})
export const lesson = (given: Given): LessonReports => ({
  lessonId: given.lessonId,
  version: given.version ?? 1,
  reports: [report(given)],
})
