import { Badge, Button, Card, Group, Stack, Text, Title } from '@mantine/core'
import type { Me } from '@repitbot/contracts/auth'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { PlanLesson } from './plan-lesson.tsx'
import { type HeldLesson, Report } from './report.tsx'
import { lessons } from './session.ts'
import { boundsOf, dateText, dayAt, timeText } from './time.ts'
import { Asked } from './trouble.tsx'
import { useWords } from './words.ts'

/** The lessons of the day, in their order; the one to report is two taps away. */
export function Today({ who }: { who: Me }) {
  const t = useWords()
  const zone = who.card.zone
  const day = dayAt(Date.now(), zone)
  const [planning, setPlanning] = useState(false)
  const [reporting, setReporting] = useState<HeldLesson>()
  const query = useQuery({ queryKey: ['lessons', day, zone], queryFn: async () => (await lessons.list(boundsOf(day, zone))).lessons })
  return (
    <Stack>
      <Group justify="space-between">
        <div>
          <Title order={1}>{t('today')}</Title>
          <Text size="sm">{dateText(Date.now(), zone)}</Text>
        </div>
        <Button variant="default" onClick={() => setPlanning(true)}>
          {t('planLesson')}
        </Button>
      </Group>
      <Asked query={query}>
        {(found) => (
          <Stack>
            {found.length === 0 && <Text>{t('noLessons')}</Text>}
            {found.map((lesson) => (
              <LessonCard key={lesson.id} lesson={lesson} zone={zone} report={() => setReporting(lesson)} />
            ))}
          </Stack>
        )}
      </Asked>
      {planning && <PlanLesson who={who} close={() => setPlanning(false)} />}
      {reporting && <Report lesson={reporting} close={() => setReporting(undefined)} />}
    </Stack>
  )
}

function LessonCard({ lesson, zone, report }: { lesson: HeldLesson; zone: string; report: () => void }) {
  const t = useWords()
  const { status, startsAt, minutes, subject, topic, students } = lesson
  const cancelled = status.startsWith('cancelled')
  const held = status === 'completed'
  const begun = Date.parse(startsAt) <= Date.now()
  return (
    <Card withBorder component="article">
      <Group justify="space-between" align="start">
        <div>
          <Text fw={700}>{timeText(startsAt, zone)}</Text>
          <Text size="sm">{t('minutesShort', { count: minutes })}</Text>
        </div>
        <Badge variant="outline" color={held ? 'green' : 'gray'} c="var(--mantine-color-text)">
          {t(`status_${status}`)}
        </Badge>
      </Group>
      <Text fw={600}>{students.map(({ name }) => name).join(', ')}</Text>
      <Text>{topic ? `${subject}: ${topic}` : subject}</Text>
      {!cancelled && (begun || held) && (
        <Button mt="sm" variant={held ? 'default' : 'filled'} onClick={report}>
          {held ? t('correct') : t('done')}
        </Button>
      )}
    </Card>
  )
}
