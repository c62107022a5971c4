import { Badge } from '@mantine/core'
import type { LessonStatus } from '@repitbot/contracts/lesson'
import { IconBan, IconCalendar, IconCalendarShare, IconCheck, IconClock, IconCoin, IconRepeat } from '@tabler/icons-react'
import { useWords } from '../words.ts'
import type { StaffLesson } from './lessons.ts'

const faces: Record<LessonStatus, { color: string; Icon: typeof IconCheck }> = {
  scheduled: { color: 'slate', Icon: IconCalendar },
  rescheduled: { color: 'blue', Icon: IconCalendarShare },
  awaiting_confirmation: { color: 'amber', Icon: IconClock },
  completed: { color: 'green', Icon: IconCheck },
  cancelled_free: { color: 'slate', Icon: IconBan },
  cancelled_chargeable: { color: 'red', Icon: IconCoin },
}

/** What is worth knowing of a lesson at a glance, each with a word beside its colour. */
export function Badges({ lesson, quiet = false }: { lesson: StaffLesson; quiet?: boolean }) {
  const t = useWords()
  const { status, type, seriesId, students } = lesson
  const { color, Icon } = faces[status]
  return (
    <span className="badges">
      {!(quiet && status === 'scheduled') && (
        <Badge color={color} leftSection={<Icon size={12} aria-hidden />}>
          {t(`status_${status}`)}
        </Badge>
      )}
      {type !== 'individual' && (
        <Badge color="violet">{type === 'group' ? t('groupOf', { count: students.length }) : t(`type_${type}`)}</Badge>
      )}
      {seriesId && <IconRepeat size={16} role="img" aria-label={t('inSeries')} className="dimmed" />}
    </span>
  )
}
