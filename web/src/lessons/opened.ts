import type { Me } from '@repitbot/contracts/auth'
import type { Attendance, GradeGiven } from '@repitbot/contracts/lesson'
import type { StaffLesson } from './lessons.ts'

export type GradeScale = GradeGiven['scale']
/** A seat as it is filled in; no value is no grade. */
export type SeatDraft = { attendance: Attendance; scale: GradeScale; value: string }
/** What was typed into a report. */
export type ReportDraft = { seats: Record<string, SeatDraft>; topic: string; note: string }

type View = 'details' | 'report' | 'move' | 'change' | 'cancel'
/** The open sheet; after a refusal also the error. */
export type Opened = { lesson: StaffLesson; view: View; error?: unknown }
export type Open = (opened?: Opened) => void
export type SheetProps = { lesson: StaffLesson; loaded: StaffLesson[]; who: Me; open: Open; opened: Opened }
