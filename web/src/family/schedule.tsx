import { SegmentedControl, Stack, Text, Title } from '@mantine/core'
import { localDay } from '@repitbot/contracts/calendar'
import { IconCalendarEvent } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
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
const daysBack = 30

/** The lessons of the next two weeks or of the last thirty days, day by day; a parent sees those of one child, or of all together. */
export function Schedule() {
  const t = useWords()
  const who = useMe()
  const parent = who?.card.role === 'parent'
  const { child, together } = useChild()
  const [past, setPast] = useState(false)
  const zone = who?.card.zone ?? 'UTC'
  const studentId = parent && !together ? child?.userId : undefined
  const query = useQuery({
    queryKey: ['lessons', 'schedule', studentId, past],
    queryFn: async () => {
      const { lessons } = await api.familyLessons.list({ ...daysAhead(past ? 0 : days, zone, past ? daysBack : 0), studentId, limit: 500 })
      return past ? lessons.filter(isOver).toReversed() : lessons
    },
  })
  return (
    <Stack gap="lg">
      <Title order={1}>{t('schedule')}</Title>
      {parent && <ChildSwitch withAll />}
      <SegmentedControl
        aria-label={t('view')}
        value={past ? 'past' : 'ahead'}
        onChange={(to) => setPast(to === 'past')}
        data={(['ahead', 'past'] as const).map((value) => ({ value, label: t(value) }))}
      />
      <QueryResult query={query}>
        {(all) =>
          all.length === 0 ? (
            <Empty icon={IconCalendarEvent} text={t(past ? 'noPastLessons' : 'noNextLesson')} />
          ) : (
            [...byDay(all, zone)].map(([day, ofDay]) => (
              <Stack key={day} gap="xs" component="section">
                <Text fw={650}>{dateText(ofDay[0]?.startsAt ?? day, zone)}</Text>
                {ofDay.map((lesson) => (
                  <LessonCard key={lesson.id} lesson={lesson} zone={zone} named={parent && together} />
                ))}
              </Stack>
            ))
          )
        }
      </QueryResult>
    </Stack>
  )
}
const isOver = ({ startsAt, minutes }: FamilyLesson) => Date.parse(startsAt) + minutes * 60_000 <= Date.now()
const byDay = (all: FamilyLesson[], zone: string) => groupBy(all, ({ startsAt }) => localDay(startsAt, zone))
