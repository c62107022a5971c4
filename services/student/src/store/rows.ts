import type { CappedBy, Day, DayKind, Fact, Pause, Report, StudentRecord } from '../rules/student.ts'
import { dateOf, type ZoneChange } from '../rules/zones.ts'

export type StudentRow = {
  student_id: string
  school_id: string
  zones: ZoneChange[]
  registered_at: Date | null
  game_on: boolean
  total_xp: string
  level: number
  lessons: number
  minutes: number
  subjects: Record<string, number>
  milestone: number
  close_at: Date | null
  risk_at: Date | null
}
/** Postgres gives a bigint as text; the column's check keeps it within the safe integers. */
export const studentOf = (row: StudentRow): StudentRecord => ({
  id: row.student_id,
  schoolId: row.school_id,
  zones: row.zones,
  registeredAt: row.registered_at?.getTime() ?? null,
  gameOn: row.game_on,
  totalXp: Number(row.total_xp),
  level: row.level,
  lessons: row.lessons,
  minutes: row.minutes,
  subjects: row.subjects,
  milestone: row.milestone,
  closeAt: row.close_at?.getTime() ?? null,
  riskAt: row.risk_at?.getTime() ?? null,
})

export type FactRow = {
  student_id: string
  lesson_id: string
  version: number
  held: boolean
  held_at: Date
  day: number | null
  type: Report['type']
  subject: string
  minutes: number
  attendance: Report['attendance']
  grade_percent: number | null
  rate: number | null
  daily_cap_xp: number | null
  settings_generation: number | null
  xp: number
  ledger_rows: number
  cut: CappedBy | null
  event_id: string
}
export const factOf = (row: FactRow): Fact => ({
  lessonId: row.lesson_id,
  version: row.version,
  held: row.held,
  heldAt: row.held_at.getTime(),
  day: row.day,
  type: row.type,
  subject: row.subject,
  minutes: row.minutes,
  attendance: row.attendance,
  percent: row.grade_percent,
  applied: row.rate === null ? null : { rate: row.rate, dailyCapXp: row.daily_cap_xp ?? 0, generation: row.settings_generation ?? 0 },
  xp: row.xp,
  rows: row.ledger_rows,
  cappedBy: row.cut,
  eventId: row.event_id,
})

/** How a day is stored in its month's row. */
type DayEntry = [day: number, digest: string, kind: DayKind | null, notified: boolean]
export type HistoryRow = {
  student_id: string
  role: string | null
  months: DayEntry[][]
  pauses: [from: number, until: number][]
  earned: string[]
}
export const daysOf = ({ months }: HistoryRow): Day[] =>
  months.flat().map(([day, digest, kind, notified]) => ({ day, digest, kind, notified }))

const monthOf = ({ day }: Day) => `${dateOf(day).slice(0, 7)}-01`
/** The months in which a day changed, each with all its days. */
export function changedMonths(before: readonly Day[], changed: readonly Day[]): { month: string; days: DayEntry[] }[] {
  const months = new Set(changed.map(monthOf))
  const days = new Map([...before, ...changed].map((day) => [day.day, day]))
  const byMonth = Map.groupBy(days.values(), monthOf)
  return [...months].map((month) => {
    const sorted = (byMonth.get(month) ?? []).toSorted((a, b) => a.day - b.day)
    return { month, days: sorted.map(({ day, digest, kind, notified }) => [day, digest, kind, notified]) }
  })
}
export const pausesOf = ({ pauses }: HistoryRow): Pause[] => pauses.map(([from, until]) => ({ from, until }))

export const instant = (at: number): string => new Date(at).toISOString()
