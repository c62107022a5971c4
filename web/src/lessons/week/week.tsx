import '../lessons.css'
import './week.css'
import { Button, Group, NativeSelect, SegmentedControl, Skeleton, Text, Title } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { Me } from '@repitbot/contracts/auth'
import { addDays, localDay, mondayOf } from '@repitbot/contracts/calendar'
import { givesLessons } from '@repitbot/contracts/teaching'
import { IconChevronLeft, IconChevronRight, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useEffectEvent, useState } from 'react'
import { api } from '../../clients.ts'
import { useMe } from '../../me.ts'
import { useNow } from '../../now.ts'
import { tutorsHere } from '../../people/queries.ts'
import { boundsOf, dayText } from '../../time.ts'
import { zoneText } from '../../time-zones.ts'
import { QueryResult } from '../../ui/query-result.tsx'
import { useWords } from '../../words.ts'
import { type Coming, comingIn } from '../coming.ts'
import { lessonsIn, type StaffLesson } from '../lessons.ts'
import { ComingSheet, LessonSheet, PlanLesson } from '../on-demand.tsx'
import type { Opened } from '../opened.ts'
import type { Place } from '../plan/plan-lesson.tsx'
import { DayStrip } from './day-strip.tsx'
import { WeekGrid } from './week-grid.tsx'

/** The week, or one day of it; a phone has room for the day. */
export function Week() {
  const who = useMe()
  return who ? <WeekOf who={who} /> : null
}

function WeekOf({ who }: { who: Me }) {
  const t = useWords()
  const zone = who.card.zone
  const today = localDay(useNow(), zone)
  const { day = today, lesson: wanted } = useSearch({ from: '/signed-in/week' })
  const go = useNavigate()
  const roomy = useMediaQuery('(min-width: 48em)', undefined, { getInitialValueInEffect: false })
  const [view, setView] = useState<'week' | 'day'>('week')
  const [tutorId, setTutorId] = useState(givesLessons(who.card) ? who.card.userId : '')
  const [place, setPlace] = useState<Place>()
  const [opened, open] = useState<Opened>()
  const monday = mondayOf(day)
  const [series, openSeries] = useState<Coming>()
  const bounds = boundsOf(monday, zone, addDays(monday, 6))
  const query = useQuery(lessonsIn(bounds))
  const { data: ahead = [] } = useQuery(comingIn(bounds))
  const isVisible = (lesson: { tutorId: string }) => who.card.role !== 'admin' || !tutorId || lesson.tutorId === tutorId
  const coming = ahead.filter(isVisible)
  const turnTo = (to: string) => void go({ to: '/week', search: { day: to }, replace: true })
  const showDay = (to: string) => {
    setView('day')
    turnTo(to)
  }
  const byDay = !roomy || view === 'day'
  useOpened(wanted, (lesson) => {
    turnTo(localDay(lesson.startsAt, zone))
    open({ lesson, view: 'details' })
  })
  return (
    <div className="roomy">
      <div className="heading">
        <Title order={1}>{t('week')}</Title>
        <Button
          aria-keyshortcuts="n"
          leftSection={<IconPlus size={18} aria-hidden />}
          onClick={() => setPlace({ day: [day, today].toSorted()[1] })}
        >
          {t('planLesson')}
        </Button>
      </div>
      <div className="week-bar">
        <Turning day={day} today={today} step={byDay ? 1 : 7} turnTo={turnTo} />
        {who.card.role === 'admin' && <Tutors value={tutorId} choose={setTutorId} />}
        {roomy && (
          <SegmentedControl
            aria-label={t('view')}
            data={(['week', 'day'] as const).map((value) => ({ value, label: t(value) }))}
            value={view}
            onChange={(to) => setView(to === 'day' ? 'day' : 'week')}
            transitionDuration={0}
          />
        )}
      </div>
      <ZoneNote who={who} />
      {byDay && <DayStrip monday={monday} day={day} today={today} lessons={query.data} coming={coming} zone={zone} turnTo={turnTo} />}
      <QueryResult query={query} loading={<Skeleton height="max(24rem, calc(100dvh - 15rem))" radius="md" />}>
        {() => (
          <WeekGrid
            {...{ who, day, turnTo, showDay, open }}
            lessons={query.data?.filter(isVisible) ?? []}
            coming={coming}
            openSeries={openSeries}
            byDay={byDay}
            loaded={query.data ?? []}
            touch={!roomy}
            plan={setPlace}
          />
        )}
      </QueryResult>
      {place && <PlanLesson who={who} loaded={query.data ?? []} place={place} close={() => setPlace(undefined)} />}
      {series && <ComingSheet coming={series} close={() => openSeries(undefined)} />}
      {opened && <LessonSheet opened={opened} loaded={query.data ?? []} who={who} open={open} />}
    </div>
  )
}

/** The lesson that an address names is opened once. */
function useOpened(wanted: string | undefined, show: (lesson: StaffLesson) => void) {
  const found = useEffectEvent(show)
  useEffect(() => {
    if (wanted) void api.lessons.get({ lessonId: wanted }).then(found, () => undefined)
  }, [wanted])
}

function Turning({ day, today, step, turnTo }: { day: string; today: string; step: number; turnTo: (day: string) => void }) {
  const t = useWords()
  const monday = mondayOf(day)
  const short = { day: 'numeric', month: 'short' } as const
  const label =
    step === 1 ? dayText(day, { weekday: 'short', ...short }) : `${dayText(monday, short)} – ${dayText(addDays(monday, 6), short)}`
  return (
    <Group gap={6} wrap="nowrap">
      <Button variant="default" px="xs" aria-label={t('earlier')} onClick={() => turnTo(addDays(day, -step))}>
        <IconChevronLeft size={18} aria-hidden />
      </Button>
      <Button variant="default" px="sm" onClick={() => turnTo(today)} disabled={day === today}>
        {t('today')}
      </Button>
      <Button variant="default" px="xs" aria-label={t('later')} onClick={() => turnTo(addDays(day, step))}>
        <IconChevronRight size={18} aria-hidden />
      </Button>
      <Text fw={600} className="week-label" aria-live="polite">
        {label}
      </Text>
    </Group>
  )
}

function Tutors({ value, choose }: { value: string; choose: (tutorId: string) => void }) {
  const t = useWords()
  const { data = [] } = useQuery(tutorsHere)
  const tutors = data.map(({ userId, name }) => ({ value: userId, label: name }))
  // Alone, whoever chooses is the only one to choose.
  if (tutors.length === 1 && tutors[0]?.value === value) return null
  return (
    <NativeSelect
      aria-label={t('tutor')}
      data={[{ value: '', label: t('allTutors') }, ...tutors]}
      value={value}
      onChange={(event) => choose(event.currentTarget.value)}
    />
  )
}

/** Says which zone the times are in, where it is not the school's. */
function ZoneNote({ who }: { who: Me }) {
  const t = useWords()
  const { data } = useQuery({ queryKey: ['school'], queryFn: () => api.school.get({}) })
  if (!data || data.zone === who.card.zone) return null
  return (
    <Text size="sm" className="dimmed" mb="xs">
      {t('zoneDiffers', { zone: zoneText(who.card.zone), home: zoneText(data.zone) })}
    </Text>
  )
}
