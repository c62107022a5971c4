import type { Me } from '@repitbot/contracts/auth'
import type { HeldLesson } from './lessons.ts'
import type { Kept } from './report/grades.tsx'

type View = 'look' | 'report' | 'move' | 'cancel'
/** What is open, and after a refusal what was typed and why it was refused. */
export type Opened = { lesson: HeldLesson; view: View; kept?: Kept; error?: unknown }
export type Open = (opened?: Opened) => void
export type SheetProps = { lesson: HeldLesson; known: HeldLesson[]; who: Me; open: Open; opened: Opened }
