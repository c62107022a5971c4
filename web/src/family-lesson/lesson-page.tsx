import { Button, Card, Group, Stack, Text, Title } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useParams, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../clients.ts'
import { useMe } from '../me.ts'
import { momentText } from '../time.ts'
import { QueryResult } from '../ui/query-result.tsx'
import { useWords } from '../words.ts'
import { CancelByFamily } from './cancel.tsx'
import { AttendanceBadge, GradeBadge } from './grade.tsx'
import { type FamilyLesson, JoinButton, StatusBadge } from './lesson-card.tsx'

/** One lesson as its family sees it: when, with whom, and what was said of it. */
export function LessonPage() {
  const t = useWords()
  const { history } = useRouter()
  const { lessonId } = useParams({ from: '/signed-in/lessons/$lessonId' })
  const query = useQuery({ queryKey: ['lessons', 'one', lessonId], queryFn: () => api.familyLessons.get({ lessonId }) })
  return (
    <Stack>
      <Group>
        <Button variant="subtle" leftSection={<IconArrowLeft size={18} />} onClick={() => history.back()}>
          {t('back')}
        </Button>
      </Group>
      <QueryResult query={query}>{(lesson) => <Lesson lesson={lesson} />}</QueryResult>
    </Stack>
  )
}

function Lesson({ lesson }: { lesson: FamilyLesson }) {
  const t = useWords()
  const [cancelling, setCancelling] = useState(false)
  const zone = useMe()?.card.zone ?? 'UTC'
  const { type, subject, topic, startsAt, minutes, tutorName, status, note, students, cancellation, movedFrom } = lesson
  const ahead = Date.parse(startsAt) > Date.now() && !status.startsWith('cancelled') && status !== 'completed'
  return (
    <Stack gap="lg">
      <div>
        <Title order={1}>{topic ? `${subject}: ${topic}` : subject}</Title>
        <Text>{`${momentText(startsAt, zone)}, ${t('minutesShort', { count: minutes })}`}</Text>
        {movedFrom && <Text c="dimmed">{t('movedFrom', { when: momentText(movedFrom, zone) })}</Text>}
      </div>
      <Group>
        <StatusBadge status={status} />
        <JoinButton lesson={lesson} />
      </Group>
      <Card>
        <Text size="sm" c="dimmed">
          {t('tutor')}
        </Text>
        <Text fw={600}>{tutorName}</Text>
      </Card>
      <div className="rows card">
        {students.map(({ studentId, name, grade, attendance }) => (
          <div key={studentId} className="row badged">
            <Text className="grow" fw={600}>
              {name}
            </Text>
            <AttendanceBadge attendance={attendance} />
            {grade && <GradeBadge grade={grade} />}
          </div>
        ))}
      </div>
      {note && <Text className="quote">{note}</Text>}
      {cancellation && (
        <Text>
          {t(cancellation.chargePercent > 0 && !cancellation.waivedAt ? 'cancelledCharged' : 'cancelledFree', {
            percent: cancellation.chargePercent,
          })}{' '}
          {cancellation.makeUpCredit && t(students.every(({ madeUpBy }) => madeUpBy) ? 'makeUpPlanned' : 'makeUpGiven')}
        </Text>
      )}
      {ahead && type !== 'group' && (
        <Group>
          <Button variant="light" color="red" onClick={() => setCancelling(true)}>
            {t('cancelLesson')}
          </Button>
        </Group>
      )}
      {ahead && type === 'group' && <Text c="dimmed">{t('groupNotCancelled')}</Text>}
      {cancelling && <CancelByFamily lesson={lesson} close={() => setCancelling(false)} />}
    </Stack>
  )
}
