import { Settings } from '@repitbot/contracts/settings'
import { expect } from 'chai'
import { type ConsumedLesson, newsOf } from '../src/rules/facts.ts'
import { settle } from '../src/rules/settle.ts'
import type { ConsumedReport, Day, Fact, LedgerRow, Pause, Settled, Student } from '../src/rules/student.ts'

export const settings = Settings.parse({})
export const terrain = { settings, generation: 7, now: Date.parse('2026-11-23T12:00:00Z'), dayStartHour: 0 }
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

/** What the store does, in memory: keeps what a settlement leaves behind, and refuses a ledger row written twice. */
export function ledgerOf(student: Student = ann) {
  const kept = {
    student,
    facts: new Map<string, Fact>(),
    days: new Map<number, Day>(),
    pauses: [] as Pause[],
    earned: new Set<string>(),
    rows: new Map<string, LedgerRow>(),
    events: [] as Settled['events'],
  }
  const change = (reports: ConsumedReport[], at = terrain) => {
    const known = {
      student: kept.student,
      facts: [...kept.facts.values()],
      days: [...kept.days.values()],
      pauses: kept.pauses,
      earned: kept.earned,
    }
    const settled = settle(known, reports, at)
    kept.student = settled.student
    for (const fact of settled.facts) kept.facts.set(fact.lessonId, fact)
    for (const day of settled.days) kept.days.set(day.day, day)
    for (const { code } of settled.earned) kept.earned.add(code)
    for (const row of settled.rows) {
      const key = `${row.kind} ${row.sourceId} ${row.seq}`
      expect(kept.rows.has(key), key).to.equal(false)
      kept.rows.set(key, row)
    }
    kept.events.push(...settled.events)
  }
  const hear = (...batch: ConsumedLesson[]) => {
    const holders = [...kept.facts.values()].map(({ lessonId, version }) => ({
      lessonId,
      version,
      day: null,
      studentId: kept.student.id,
      schoolId: kept.student.schoolId,
    }))
    const news = newsOf(batch, holders)
    if (news.length > 0) change(news)
  }
  const sums = () => {
    const perSource = Map.groupBy(kept.rows.values(), ({ sourceId }) => sourceId)
    return Object.fromEntries(
      [...perSource]
        .map(([id, rows]) => [id, rows.reduce((sum, { delta }) => sum + delta, 0)])
        .filter(([, sum]) => sum !== 0)
        .sort(),
    )
  }
  const lessonXp = () => [...kept.rows.values()].filter(({ kind }) => kind === 'lesson').reduce((sum, { delta }) => sum + delta, 0)
  const total = () => [...kept.rows.values()].reduce((sum, { delta }) => sum + delta, 0)
  const said = (name: string) => kept.events.filter((one) => one.name === name).map(({ body }) => body)
  return { kept, change, hear, sums, lessonXp, total, said }
}

type Given = Partial<ConsumedReport> & { lessonId: string }
export const report = (given: Given): ConsumedReport => ({
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
export const lesson = (given: Given): ConsumedLesson => ({
  lessonId: given.lessonId,
  version: given.version ?? 1,
  reports: [report(given)],
})
