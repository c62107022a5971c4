import type { NewEvent } from '@repitbot/contracts/events'
import type { Attendance } from '@repitbot/contracts/lesson'
import type { LessonType } from '@repitbot/contracts/lesson-fields'
import type { Settings } from '@repitbot/contracts/settings'
import type { AchievementCode } from '@repitbot/contracts/texts/ru/student'
import type { ZoneChange } from './zones.ts'

/** A student as the service keeps them; `role` is that of the person, null until a card has come. */
export type Student = {
  id: string
  schoolId: string
  role: string | null
  zones: ZoneChange[]
  /** Epoch ms of the earliest card. */
  registeredAt: number | null
  /** Off: XP is still counted, and nobody is notified. */
  gameOn: boolean
  totalXp: number
  /** The highest level ever reached. */
  level: number
  lessons: number
  minutes: number
  /** Lessons attended in each subject. */
  subjects: Record<string, number>
  /** The greatest streak milestone that was notified. */
  milestone: number
  /** When this student's day is to be closed next (epoch ms); null when no day needs it. */
  closeAt: number | null
  /** When the streak was last checked in the evening (epoch ms). */
  riskAt: number | null
}

/** A student without the role, which is stored with the person. */
export type StudentRecord = Omit<Student, 'role'>

/** What a lesson's report says of one student; `held` is false when it was taken back. */
export type Report = {
  lessonId: string
  version: number
  held: boolean
  /** Epoch ms. */
  heldAt: number
  type: LessonType
  subject: string
  minutes: number
  /** Null when the report was taken back. */
  attendance: Attendance | null
  percent: number | null
  eventId: string
}
export type StudentReport = Report & { studentId: string; schoolId: string; correlationId: string }

/** The settings that were active when a fact was first counted; kept, so that a later change of settings changes no earned XP. `rate` in hundredths of a percent. */
export type AppliedSettings = { rate: number; dailyCapXp: number; generation: number }
/** A report with its day, the settings applied to it, its XP, and how many ledger rows were written for it so far. */
export type Fact = Report & { day: number | null; applied: AppliedSettings | null; xp: number; rows: number; cappedBy: CappedBy | null }
/** Why a lesson earned less than its full XP. */
export type CappedBy = 'daily_cap' | 'daily_lessons'

export type DayKind = 'active' | 'frozen' | 'paused' | 'repaired'
/**
 * `digest`: the day's reports in the order held, one letter each (a attended, e excused, u unexcused) followed by the grade's percent, such
 * as `a95u`. The digests of all days decide everything but the subjects, so no old fact has to be read.
 */
export type Day = { day: number; digest: string; kind: DayKind | null; notified: boolean }
export type Pause = { from: number; until: number }

export type XpReason = 'lesson' | 'correction' | 'recount' | 'achievement' | CappedBy
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

/** All that a decision about one student needs, loaded under the student's lock. */
export type StudentState = { student: Student; facts: Fact[]; days: Day[]; pauses: Pause[]; earned: ReadonlySet<string> }
/** What a decision changes: only the rows that are to be saved, and the events to publish. */
export type XpResult = { student: Student; facts: Fact[]; rows: LedgerRow[]; days: Day[]; earned: Earned[]; events: NewEvent[] }
/** The live settings with their generation, the time (epoch ms) and the hour at which a day begins. */
export type XpContext = { settings: Settings; generation: number; now: number; dayStartHour: number }
