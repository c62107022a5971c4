import { Stack, Text, Title } from '@mantine/core'
import type { Me } from '@repitbot/contracts/auth'
import { localDay } from '@repitbot/contracts/calendar'
import { IconCalendarEvent } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '../clients.ts'
import { daysAhead } from '../days-ahead.ts'
import { LessonCard } from '../family-lesson/lesson-card.tsx'
import { Level } from '../progress/progress.tsx'
import { progressOf } from '../progress/queries.ts'
import { dateText } from '../time.ts'
import { Empty } from '../ui/empty.tsx'
import { QueryResult } from '../ui/query-result.tsx'
import { useWords } from '../words.ts'

const nextMax = 3

/** A pupil's day: what is now and next, and how far it is to the next level. */
export function StudentToday({ who }: { who: Me }) {
  const t = useWords()
  const { zone, userId } = who.card
  const query = useQuery({
    queryKey: ['lessons', 'mine', 14],
    queryFn: async () => (await api.familyLessons.list(daysAhead(14, zone))).lessons,
  })
  const reached = useQuery(progressOf(userId)).data
  return (
    <Stack gap="lg">
      <div>
        <Title order={1}>{t('today')}</Title>
        <Text c="dimmed">{dateText(Date.now(), zone)}</Text>
      </div>
      <QueryResult query={query}>
        {(all) => {
          const today = all.filter(({ startsAt }) => localDay(startsAt, zone) === localDay(Date.now(), zone))
          const later = all.filter((lesson) => !today.includes(lesson) && !lesson.status.startsWith('cancelled'))
          if (today.length + later.length === 0) return <Empty icon={IconCalendarEvent} text={t('noNextLesson')} />
          return (
            <Stack>
              {today.length === 0 && <Text>{t('freeToday')}</Text>}
              {today.map((lesson) => (
                <LessonCard key={lesson.id} lesson={lesson} zone={zone} />
              ))}
              {later.length > 0 && <Title order={2}>{t('next')}</Title>}
              {later.slice(0, nextMax).map((lesson) => (
                <LessonCard key={lesson.id} lesson={lesson} zone={zone} dated />
              ))}
            </Stack>
          )
        }}
      </QueryResult>
      {reached?.gameOn && (
        <Link to="/progress" className="plain">
          <Level reached={reached} />
        </Link>
      )}
    </Stack>
  )
}
