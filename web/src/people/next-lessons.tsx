import { Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '../clients.ts'
import { daysAhead } from '../days-ahead.ts'
import { useMe } from '../me.ts'
import { momentText } from '../time.ts'
import { ToLesson } from '../to-lesson.tsx'
import { CardsLoading, QueryResult } from '../ui/query-result.tsx'
import { useWords } from '../words.ts'

const shownMax = 4

/** What comes next with a student, for those who give the lessons. */
export function NextLessons({ studentId }: { studentId: string }) {
  const t = useWords()
  const zone = useMe()?.card.zone ?? 'UTC'
  const ask = async () => (await api.lessons.list({ ...daysAhead(14, zone), studentId })).lessons
  const query = useQuery({ queryKey: ['lessons', 'of', studentId], queryFn: ask })
  return (
    <Stack gap="xs">
      <Title order={3}>{t('nextLessons')}</Title>
      <QueryResult query={query} loading={<CardsLoading count={1} />}>
        {(all) => {
          const next = all.filter(({ startsAt, status }) => Date.parse(startsAt) > Date.now() && !status.startsWith('cancelled'))
          if (next.length === 0) return <Text c="dimmed">{t('noNextLesson')}</Text>
          return (
            <div className="rows card">
              {next.slice(0, shownMax).map(({ id, subject, startsAt, minutes }) => (
                <ToLesson key={id} className="row" lessonId={id}>
                  <span className="grow named">
                    <Text fw={600}>{subject}</Text>
                    <Text size="sm" c="dimmed">
                      {`${momentText(startsAt, zone)}, ${t('minutesShort', { count: minutes })}`}
                    </Text>
                  </span>
                </ToLesson>
              ))}
            </div>
          )
        }}
      </QueryResult>
    </Stack>
  )
}
