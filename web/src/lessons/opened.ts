import type { Me } from '@repitbot/contracts/auth'
import type { StaffLesson } from './lessons.ts'
import type { Kept } from './report/grades.tsx'

type View = 'details' | 'report' | 'move' | 'cancel'
/** The open sheet; after a refusal also what was typed and the error. */
export type Opened = { lesson: StaffLesson; view: View; kept?: Kept; error?: unknown }
export type Open = (opened?: Opened) => void
export type SheetProps = { lesson: StaffLesson; loaded: StaffLesson[]; who: Me; open: Open; opened: Opened }
