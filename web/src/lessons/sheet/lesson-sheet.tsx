import type { Me } from '@repitbot/contracts/auth'
import { Sheet } from '../../ui/sheet.tsx'
import { useWords } from '../../words.ts'
import { namesOf, type StaffLesson } from '../lessons.ts'
import type { Open, Opened } from '../opened.ts'
import { Report } from '../report/report.tsx'
import { CallOff } from './call-off.tsx'
import { ChangeLesson } from './change-lesson.tsx'
import { LessonDetails } from './lesson-details.tsx'
import { MoveLesson } from './move-lesson.tsx'

const views = { details: LessonDetails, report: Report, move: MoveLesson, change: ChangeLesson, cancel: CallOff }
const titles = { details: 'lesson', report: 'report', move: 'moveTitle', change: 'changeTitle', cancel: 'callOffTitle' } as const

/** One lesson and all that can be done with it. */
export function LessonSheet({ opened, loaded, who, open }: { opened: Opened; loaded: StaffLesson[]; who: Me; open: Open }) {
  const t = useWords()
  const lesson = loaded.find(({ id }) => id === opened.lesson.id) ?? opened.lesson
  const Body = views[opened.view]
  return (
    <Sheet title={`${t(titles[opened.view])}: ${namesOf(lesson)}`} close={() => open(undefined)}>
      <Body key={opened.view} lesson={lesson} loaded={loaded} who={who} open={open} opened={opened} />
    </Sheet>
  )
}
