import { Card, Group, Stack, Text, Title } from '@mantine/core'
import type { Me } from '@repitbot/contracts/auth'
import { IconHeartHandshake } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '../clients.ts'
import { daysAhead } from '../days-ahead.ts'
import { AttendanceBadge, GradeBadge } from '../family-lesson/grade.tsx'
import { type FamilyLesson, LessonCard } from '../family-lesson/lesson-card.tsx'
import { Level } from '../progress/progress.tsx'
import { progressOf } from '../progress/queries.ts'
import { dateText } from '../time.ts'
import { Empty } from '../ui/empty.tsx'
import { QueryResult } from '../ui/query-result.tsx'
import { useWords } from '../words.ts'
import { ChildSwitch, useChild } from './child.tsx'
import { Pauses } from './pauses.tsx'

const backDays = 30
const reportsMax = 4

/** How a child is doing: what comes next, how often there, what was reached, and what the tutor said. */
export function Overview({ who }: { who: Me }) {
  const t = useWords()
  const { child, query } = useChild()
  return (
    <Stack gap="lg">
      <Title order={1}>{t('overview')}</Title>
      <QueryResult query={query}>
        {() =>
          child ? (
            <>
              <ChildSwitch />
              <Child key={child.userId} studentId={child.userId} zone={who.card.zone} />
            </>
          ) : (
            <Empty icon={IconHeartHandshake} text={t('noChildren')} />
          )
        }
      </QueryResult>
    </Stack>
  )
}

function Child({ studentId, zone }: { studentId: string; zone: string }) {
  const ask = async () => (await api.familyLessons.list({ ...daysAhead(14, zone, backDays), studentId, limit: 200 })).lessons
  const query = useQuery({ queryKey: ['lessons', 'overview', studentId], queryFn: ask })
  const reached = useQuery(progressOf(studentId)).data
  return (
    <QueryResult query={query}>
      {(all) => (
        <Stack gap="lg">
          <Next all={all} zone={zone} />
          <Month all={all} studentId={studentId} />
          <LastReports all={all} studentId={studentId} zone={zone} />
          {reached?.gameOn && (
            <Link to="/progress" className="plain">
              <Level reached={reached} />
            </Link>
          )}
          <Pauses studentId={studentId} />
        </Stack>
      )}
    </QueryResult>
  )
}

function Next({ all, zone }: { all: FamilyLesson[]; zone: string }) {
  const t = useWords()
  const isAhead = ({ startsAt, minutes, status }: FamilyLesson) =>
    Date.parse(startsAt) + minutes * 60_000 > Date.now() && !status.startsWith('cancelled') && status !== 'completed'
  const next = all.find(isAhead)
  return (
    <Stack gap="xs">
      <Title order={2}>{t('nextLessonTitle')}</Title>
      {next ? <LessonCard lesson={next} zone={zone} dated /> : <Text c="dimmed">{t('noNextLesson')}</Text>}
    </Stack>
  )
}

/** The last month in numbers that can be counted after. */
function Month({ all, studentId }: { all: FamilyLesson[]; studentId: string }) {
  const t = useWords()
  const seats = all
    .filter(({ status }) => status === 'completed')
    .flatMap(({ students }) => students.filter((seat) => seat.studentId === studentId))
  const there = seats.filter(({ attendance }) => attendance === 'attended').length
  if (seats.length === 0) return null
  return (
    <Card>
      <Text size="sm" c="dimmed">
        {t('attendanceMonth')}
      </Text>
      <Text fw={700} fz="1.25rem">
        {t('attendedOf', { there, all: seats.length })}
      </Text>
    </Card>
  )
}

function LastReports({ all, studentId, zone }: { all: FamilyLesson[]; studentId: string; zone: string }) {
  const t = useWords()
  const completed = all.filter(({ status }) => status === 'completed').reverse()
  return (
    <Stack gap="xs">
      <Title order={2}>{t('lastLessons')}</Title>
      {completed.length === 0 && <Text c="dimmed">{t('noReports')}</Text>}
      {completed.slice(0, reportsMax).map(({ id, startsAt, subject, topic, note, students }) => {
        const seat = students.find((one) => one.studentId === studentId)
        return (
          <Card key={id} component="article">
            <Group justify="space-between" align="start" wrap="nowrap">
              <div className="grow">
                <Link className="stretched" to="/lessons/$lessonId" params={{ lessonId: id }}>
                  {topic ? `${subject}: ${topic}` : subject}
                </Link>
                <Text size="sm" c="dimmed">
                  {dateText(startsAt, zone)}
                </Text>
              </div>
              {seat?.grade ? <GradeBadge grade={seat.grade} /> : <AttendanceBadge attendance={seat?.attendance} />}
            </Group>
            {note && (
              <Text mt="xs" className="quote">
                {note}
              </Text>
            )}
          </Card>
        )
      })}
    </Stack>
  )
}
