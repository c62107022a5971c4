import type { Me } from '@repitbot/contracts/auth'
import { Sheet } from '../../ui/sheet.tsx'
import { useWords } from '../../words.ts'
import { type HeldLesson, namesOf } from '../lessons.ts'
import type { Open, Opened } from '../opened.ts'
import { Report } from '../report/report.tsx'
import { CallOff } from './call-off.tsx'
import { LessonLook } from './lesson-look.tsx'
import { MoveLesson } from './move-lesson.tsx'

const views = { look: LessonLook, report: Report, move: MoveLesson, cancel: CallOff }
const titles = { look: 'lesson', report: 'report', move: 'moveTitle', cancel: 'callOffTitle' } as const

/** One lesson and all that can be done with it. */
export function LessonSheet({ opened, known, who, open }: { opened: Opened; known: HeldLesson[]; who: Me; open: Open }) {
  const t = useWords()
  const lesson = known.find(({ id }) => id === opened.lesson.id) ?? opened.lesson
  const Body = views[opened.view]
  return (
    <Sheet title={`${t(titles[opened.view])}: ${namesOf(lesson)}`} close={() => open(undefined)}>
      <Body key={opened.view} lesson={lesson} known={known} who={who} open={open} opened={opened} />
    </Sheet>
  )
}
