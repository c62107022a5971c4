import { Button, Group, Stack, Text, Title } from '@mantine/core'
import type { Me } from '@repitbot/contracts/auth'
import { localDay } from '@repitbot/contracts/calendar'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { daysAhead } from '../days-ahead.ts'
import { AttendanceBadge, GradeBadge } from '../family-lesson/grade.tsx'
import { isCancelled, lessonsIn, type StaffLesson, startOf } from '../lessons/lessons.ts'
import { PlanLesson } from '../lessons/on-demand.tsx'
import { likeLastTime } from '../lessons/plan/plan-draft.ts'
import { momentText } from '../time.ts'
import { ToLesson } from '../to-lesson.tsx'
import { CardsLoading, QueryResult } from '../ui/query-result.tsx'
import { useWords } from '../words.ts'

/** How far back the lessons of a student are shown, and how many at once. */
const daysBack = 180
const shownMost = 5

/** What was done with a student, the last time on top: the first question before each lesson. The next one is planned from here. */
export function PastLessons({ who, studentId }: { who: Me; studentId: string }) {
  const t = useWords()
  const [planning, setPlanning] = useState(false)
  const [shown, setShown] = useState(shownMost)
  const zone = who.card.zone
  const query = useQuery(lessonsIn({ ...daysAhead(0, zone, daysBack), studentId }))
  const past = (query.data ?? [])
    .filter((lesson) => !isCancelled(lesson) && startOf(lesson) < Date.now())
    .toSorted((a, b) => startOf(b) - startOf(a))
  const place = { studentIds: [studentId], day: localDay(Date.now(), zone), ...likeLastTime(past, studentId) }
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Title order={3}>{t('pastLessons')}</Title>
        <Button size="sm" leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setPlanning(true)}>
          {t('planLesson')}
        </Button>
      </Group>
      <QueryResult query={query} loading={<CardsLoading count={1} />}>
        {() =>
          past.length === 0 ? (
            <Text c="dimmed">{t('noLessonsBefore')}</Text>
          ) : (
            <div className="rows card">
              {past.slice(0, shown).map((lesson) => (
                <Past key={lesson.id} lesson={lesson} studentId={studentId} zone={zone} />
              ))}
            </div>
          )
        }
      </QueryResult>
      {past.length > shown && (
        <Button size="sm" variant="default" onClick={() => setShown(shown + 20)}>
          {t('earlierLessons')}
        </Button>
      )}
      {planning && <PlanLesson who={who} loaded={past} place={place} close={() => setPlanning(false)} />}
    </Stack>
  )
}

function Past({ lesson, studentId, zone }: { lesson: StaffLesson; studentId: string; zone: string }) {
  const t = useWords()
  const { id, subject, topic, note, privateNote, privateNoteUnreadable, startsAt, students } = lesson
  const seat = students.find((one) => one.studentId === studentId)
  return (
    <ToLesson className="row badged" lessonId={id}>
      <span className="grow">
        <Text fw={600}>{topic ? `${subject}: ${topic}` : subject}</Text>
        <Text size="sm" c="dimmed">
          {momentText(startsAt, zone)}
        </Text>
        {note && <Text size="sm">{t('noteIs', { note })}</Text>}
        {privateNote && <Text size="sm">{t('privateNoteIs', { note: privateNote })}</Text>}
        {privateNoteUnreadable && <Text size="sm">{t('privateNoteUnreadable')}</Text>}
      </span>
      <AttendanceBadge attendance={seat?.attendance} />
      {seat?.grade && <GradeBadge grade={seat.grade} />}
    </ToLesson>
  )
}
