import { Badge, Button, Card, Group, Text } from '@mantine/core'
import type { FamilyLesson as FamilyLessonSchema, LessonStatus } from '@repitbot/contracts/lesson'
import { IconBan, IconCalendarTime, IconCheck, IconClock, IconHourglass, IconVideo } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { z } from 'zod'
import { momentText, timeText } from '../time.ts'
import { useWords } from '../words.ts'

export type FamilyLesson = z.output<typeof FamilyLessonSchema>
type Status = z.output<typeof LessonStatus>
const faces = {
  scheduled: ['slate', IconClock],
  rescheduled: ['blue', IconCalendarTime],
  awaiting_confirmation: ['amber', IconHourglass],
  completed: ['green', IconCheck],
  cancelled_free: ['red', IconBan],
  cancelled_chargeable: ['red', IconBan],
} as const

export function StatusBadge({ status }: { status: Status }) {
  const t = useWords()
  const [color, Icon] = faces[status]
  return (
    <Badge color={color} leftSection={<Icon size={13} aria-hidden />}>
      {t(`status_${status}`)}
    </Badge>
  )
}

/** The link to the call is offered from this long before the start until the end. */
const joinBeforeMs = 10 * 60_000
const minuteMs = 60_000
export function JoinButton({
  lesson: { videoUrl, startsAt, minutes, status },
}: {
  lesson: Pick<FamilyLesson, 'videoUrl' | 'startsAt' | 'minutes' | 'status'>
}) {
  const t = useWords()
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), minuteMs / 4)
    return () => clearInterval(timer)
  }, [])
  const begins = Date.parse(startsAt)
  if (!videoUrl || status.startsWith('cancelled') || now > begins + minutes * minuteMs) return null
  if (now < begins - joinBeforeMs)
    return (
      <Text size="sm" c="dimmed">
        <IconVideo size={16} aria-hidden className="inline-icon" /> {t('online', { minutes: joinBeforeMs / minuteMs })}
      </Text>
    )
  return (
    <Button component="a" href={videoUrl} target="_blank" rel="noopener noreferrer" leftSection={<IconVideo size={20} />}>
      {t('join')}
    </Button>
  )
}

/** `named`: whose lesson it is, where several children are shown. */
type CardProps = { lesson: FamilyLesson; zone: string; dated?: boolean; named?: boolean }
/** A lesson as the family sees it. */
export function LessonCard({ lesson, zone, dated = false, named = false }: CardProps) {
  const t = useWords()
  const { id, startsAt, minutes, subject, topic, tutorName, status } = lesson
  return (
    <Card component="article">
      <Group className="badged" justify="space-between" align="start">
        <div className="grow">
          <Text fw={700} fz={dated ? undefined : '1.25rem'} td={status.startsWith('cancelled') ? 'line-through' : undefined}>
            {dated ? momentText(startsAt, zone) : timeText(startsAt, zone)}
          </Text>
          <Link className="stretched" to="/lessons/$lessonId" params={{ lessonId: id }}>
            {topic ? `${subject}: ${topic}` : subject}
          </Link>
          <Text size="sm" c="dimmed">
            {`${named ? `${lesson.students.map(({ name }) => name).join(', ')}. ` : ''}${tutorName}, ${t('minutesShort', { count: minutes })}`}
          </Text>
        </div>
        {status !== 'scheduled' && <StatusBadge status={status} />}
      </Group>
      <Group className="above" mt="sm">
        <JoinButton lesson={lesson} />
      </Group>
    </Card>
  )
}
