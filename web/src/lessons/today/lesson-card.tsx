import { Anchor, Button, Group, Text, UnstyledButton } from '@mantine/core'
import { IconVideo } from '@tabler/icons-react'
import { dateText, timeText } from '../../time.ts'
import { useWords } from '../../words.ts'
import { Badges } from '../badges.tsx'
import { isCompleted, isOpen, namesOf, type StaffLesson, startOf } from '../lessons.ts'
import type { Open } from '../opened.ts'

export type Standing = 'past' | 'now' | 'next' | 'later'
type Props = {
  lesson: StaffLesson
  standing: Standing
  zone: string
  open: Open
  /** The topic of last time. */
  before?: string
  /** The one primary button of the screen is this lesson's. */
  first?: boolean
  /** Whose lesson it is, where several tutors' are shown. */
  named?: boolean
  /** How soon it is, of the next one. */
  mark?: string
  /** Shows the date, too, where the list is not of one day. */
  dated?: boolean
}

/** A lesson on its time rail; the whole card opens it, and the report is one tap away. */
export function LessonCard({ lesson, standing, zone, open, before, first = false, named = false, mark, dated = false }: Props) {
  const t = useWords()
  const { id, startsAt, minutes, subject, topic, status, videoUrl, tutorName, students, note } = lesson
  const begun = startOf(lesson) <= Date.now()
  const last = isCompleted(lesson) ? topic : (topic ?? (before && t('lastTime', { topic: before })))
  return (
    <li className="rail-row" data-standing={standing} data-status={status}>
      <div className="rail-time">
        <Text fw={700}>{timeText(startsAt, zone)}</Text>
        <Text size="xs" className="dimmed">
          {dated ? dateText(startsAt, zone) : timeText(startOf(lesson) + minutes * 60_000, zone)}
        </Text>
      </div>
      <article className="lesson-card" id={`lesson-${id}`} data-lesson={id}>
        <Group justify="space-between" align="start" gap={4}>
          <UnstyledButton id={`name-${id}`} className="lesson-name" onClick={() => open({ lesson, view: 'details' })}>
            {namesOf(lesson)}
          </UnstyledButton>
          <Badges lesson={lesson} quiet />
        </Group>
        <Text size="sm">{named ? `${subject}, ${tutorName}` : subject}</Text>
        <Text size="sm" className="dimmed lesson-topic" lineClamp={standing === 'now' ? undefined : 1}>
          {last ?? '\u00a0'}
        </Text>
        {mark && (
          <Text size="sm" fw={600} className="mark">
            {mark}
          </Text>
        )}
        {standing === 'now' && students.length > 1 && <Text size="sm">{t('seats', { count: students.length })}</Text>}
        {standing === 'now' && isCompleted(lesson) && note && <Text size="sm">{note}</Text>}
        {(isOpen(lesson) || isCompleted(lesson)) && (begun || (videoUrl && standing === 'next')) && (
          <Group gap="xs" mt={8} className="lesson-acts">
            {begun && (
              <Button
                size="sm"
                variant={first ? 'filled' : 'default'}
                aria-keyshortcuts={first ? 'd' : undefined}
                onClick={() => open({ lesson, view: 'report' })}
                aria-describedby={`name-${id}`}
              >
                {isCompleted(lesson) ? t('correct') : t('done')}
              </Button>
            )}
            {videoUrl && isOpen(lesson) && (
              <Anchor href={videoUrl} target="_blank" rel="noreferrer" className="join">
                <IconVideo size={16} aria-hidden /> {t('join')}
              </Anchor>
            )}
          </Group>
        )}
      </article>
    </li>
  )
}
