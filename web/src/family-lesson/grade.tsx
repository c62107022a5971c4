import { Badge } from '@mantine/core'
import type { Attendance, Grade } from '@repitbot/contracts/lesson'
import { IconCheck, IconMinus, IconStar } from '@tabler/icons-react'
import type { z } from 'zod'
import { useWords } from '../words.ts'

/** A grade as it was given, on its own scale. */
export function GradeBadge({ grade: { scale, value, perfect } }: { grade: z.output<typeof Grade> }) {
  const t = useWords()
  const text =
    scale === 'pass'
      ? t(value ? 'gradePassed' : 'gradeNotPassed')
      : scale === 'percent'
        ? `${value} %`
        : scale === 'hundred'
          ? `${value} / 100`
          : value
  return (
    <Badge
      size="lg"
      color={perfect ? 'amber' : 'brand'}
      leftSection={perfect && <IconStar size={14} aria-hidden />}
      aria-label={t('gradeIs', { grade: text })}
      role="img"
    >
      {text}
    </Badge>
  )
}

export function AttendanceBadge({ attendance }: { attendance?: z.output<typeof Attendance> }) {
  const t = useWords()
  if (!attendance) return null
  const there = attendance === 'attended'
  return (
    <Badge
      color={there ? 'green' : 'slate'}
      leftSection={there ? <IconCheck size={13} aria-hidden /> : <IconMinus size={13} aria-hidden />}
    >
      {t(`attendance_${attendance}`)}
    </Badge>
  )
}
