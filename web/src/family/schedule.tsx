import { Stack, Text, Title } from '@mantine/core'
import { localDay } from '@repitbot/contracts/calendar'
import { IconCalendarEvent } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api } from '../clients.ts'
import { daysAhead } from '../days-ahead.ts'
import { type FamilyLesson, LessonCard } from '../family-lesson/lesson-card.tsx'
import { groupBy } from '../group-by.ts'
import { useMe } from '../me.ts'
import { dateText } from '../time.ts'
import { Empty } from '../ui/empty.tsx'
import { QueryResult } from '../ui/query-result.tsx'
import { useWords } from '../words.ts'
import { ChildSwitch, useChild } from './child.tsx'

const days = 14

/** The lessons of the next two weeks, day by day. */
export function Schedule() {
  const t = useWords()
  const who = useMe()
  const parent = who?.card.role === 'parent'
  const { child } = useChild()
  const zone = who?.card.zone ?? 'UTC'
  const studentId = parent ? child?.userId : undefined
  const query = useQuery({
    queryKey: ['lessons', 'schedule', studentId],
    queryFn: async () => (await api.familyLessons.list({ ...daysAhead(days, zone), studentId })).lessons,
  })
  return (
    <Stack gap="lg">
      <Title order={1}>{t('schedule')}</Title>
      {parent && <ChildSwitch />}
      <QueryResult query={query}>
        {(all) =>
          all.length === 0 ? (
            <Empty icon={IconCalendarEvent} text={t('noNextLesson')} />
          ) : (
            [...byDay(all, zone)].map(([day, ofDay]) => (
              <Stack key={day} gap="xs" component="section">
                <Text fw={650}>{dateText(ofDay[0]?.startsAt ?? day, zone)}</Text>
                {ofDay.map((lesson) => (
                  <LessonCard key={lesson.id} lesson={lesson} zone={zone} />
                ))}
              </Stack>
            ))
          )
        }
      </QueryResult>
    </Stack>
  )
}
const byDay = (all: FamilyLesson[], zone: string) => groupBy(all, ({ startsAt }) => localDay(startsAt, zone))
