import type { NewEvent } from '@repitbot/contracts/events'
import type { Attendance, LessonType } from '@repitbot/contracts/lesson'
import type { Settings } from '@repitbot/contracts/settings'
import type { AchievementCode } from '@repitbot/contracts/texts/ru/student'
import type { ZoneChange } from './zones.ts'

/** A student as the service keeps them; `role` is that of the person, null until a card was heard. */
export type Student = {
  id: string
  schoolId: string
  role: string | null
  zones: ZoneChange[]
  /** Epoch ms of the earliest card heard. */
  registeredAt: number | null
  /** Off: XP still accrues, and nobody is told. */
  gameOn: boolean
  totalXp: number
  /** The highest level ever reached. */
  level: number
  lessons: number
  minutes: number
  /** Lessons attended in each subject. */
  subjects: Record<string, number>
  /** The longest streak that was told of. */
  milestone: number
  /** When the day close comes back to this student (epoch ms); null while there is nothing to come back for. */
  closeAt: number | null
  /** When the streak was last looked at in the evening (epoch ms). */
  riskAt: number | null
}

/** A student without the role, which the service keeps with the person. */
export type StudentRecord = Omit<Student, 'role'>

/** What a lesson's report said of one student; `held` is false when it was taken back. */
export type Report = {
  lessonId: string
  version: number
  held: boolean
  /** Epoch ms. */
  heldAt: number
  type: LessonType
  subject: string
  minutes: number
  /** None when the report was taken back. */
  attendance: Attendance | null
  percent: number | null
  eventId: string
}
export type ConsumedReport = Report & { studentId: string; schoolId: string; correlationId: string }

/** What settings were in force when a fact was first settled; kept, so that a later change of settings rewrites nothing. */
export type Terms = { rate: number; dailyCapXp: number; generation: number }
/** A report with what became of it: its day, its terms, and the ledger rows written for it so far. */
export type Fact = Report & { day: number | null; terms: Terms | null; xp: number; rows: number; cut: Cut | null }
/** Why a lesson earned less than it is worth. */
export type Cut = 'daily_cap' | 'daily_lessons'

export type DayKind = 'active' | 'frozen' | 'paused' | 'repaired'
/**
 * What a day came to: its reports in the order held, one letter each (a attended, e excused, u unexcused) followed by the grade's percent,
 * such as `a95u`. A pure digest of the day's facts; with all days of a student, everything but the subjects is decided.
 */
export type Day = { day: number; marks: string; kind: DayKind | null; told: boolean }
export type Pause = { from: number; until: number }

export type XpReason = 'lesson' | 'correction' | 'recount' | 'achievement' | Cut
export type LedgerRow = {
  kind: 'lesson' | 'achievement'
  sourceId: string
  seq: number
  delta: number
  reason: XpReason
  generation: number
  heldAt: number
  eventId: string | null
}
export type Earned = { code: AchievementCode; rewardXp: number }

/** All that deciding about one student needs, loaded under the student's lock. */
export type Known = { student: Student; facts: Fact[]; days: Day[]; pauses: Pause[]; earned: ReadonlySet<string> }
/** What a settlement leaves behind: only rows that changed, and what is said about them. */
export type Settled = { student: Student; facts: Fact[]; rows: LedgerRow[]; days: Day[]; earned: Earned[]; events: NewEvent[] }
export type Terrain = { settings: Settings; generation: number; now: number; dayStartHour: number }
