import '../lessons.css'
import './today.css'
import { Button, Skeleton, Stack, Text, Title } from '@mantine/core'
import type { Me } from '@repitbot/contracts/auth'
import { addDays, localDay, mondayOf } from '@repitbot/contracts/calendar'
import { givesLessons } from '@repitbot/contracts/teaching'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useNow } from '../../now.ts'
import { boundsOf, dayText } from '../../time.ts'
import { QueryResult } from '../../ui/query-result.tsx'
import { useWords } from '../../words.ts'
import { endOf, isCompleted, isOfAnother, isOpen, lessonsIn, longUnreported, type StaffLesson, startOf, topicsOf } from '../lessons.ts'
import { LessonSheet, PlanLesson } from '../on-demand.tsx'
import type { Open, Opened } from '../opened.ts'
import { Counters } from './counters.tsx'
import { LessonCard, type Standing } from './lesson-card.tsx'
import { WeekAhead } from './week-ahead.tsx'

/** How far back topics of last time are looked for. Lessons that have waited longer for a report stand in a list of their own. */
const daysBack = 14

/** The lessons of the day, in their order; the one to report is two taps away. */
export function Today({ who }: { who: Me }) {
  const t = useWords()
  const zone = who.card.zone
  const now = useNow()
  const day = localDay(now, zone)
  const monday = mondayOf(day)
  const [planning, setPlanning] = useState(false)
  const [opened, open] = useState<Opened>()
  const query = useQuery(lessonsIn(boundsOf(addDays(day, -daysBack), zone, addDays(monday, 6))))
  const long = useQuery(longUnreported(addDays(day, -daysBack), zone)).data
  // An admin who teaches has a day of their own; the week shows everybody's.
  const isOwn = (lesson: StaffLesson) => !givesLessons(who.card) || !isOfAnother(lesson, who.card)
  const own = query.data?.filter(isOwn)
  const loaded = own ?? []
  const waiting = long?.filter(isOwn) ?? []
  const on = (wanted: string) => loaded.filter((lesson) => localDay(startOf(lesson), zone) === wanted)
  return (
    <div className="roomy today">
      <div className="heading">
        <div>
          <Title order={1}>{t('today')}</Title>
          <Text className="dimmed">{dayText(day, { weekday: 'long', day: 'numeric', month: 'long' })}</Text>
        </div>
        <Button variant="default" aria-keyshortcuts="n" leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setPlanning(true)}>
          {t('planLesson')}
        </Button>
      </div>
      <Counters loaded={own} long={waiting.length} now={now} zone={zone} day={day} />
      <div className="beside">
        <QueryResult query={query} loading={<Loading />}>
          {() => (
            <Day
              lessons={on(day)}
              loaded={loaded}
              long={waiting}
              now={now}
              who={who}
              open={open}
              plan={() => setPlanning(true)}
              day={day}
            />
          )}
        </QueryResult>
        <WeekAhead loaded={own} monday={monday} today={day} zone={zone} />
      </div>
      {planning && <PlanLesson who={who} loaded={query.data ?? []} close={() => setPlanning(false)} />}
      {opened && <LessonSheet opened={opened} loaded={loaded} who={who} open={open} />}
    </div>
  )
}

type DayProps = {
  lessons: StaffLesson[]
  loaded: StaffLesson[]
  long: StaffLesson[]
  now: number
  who: Me
  open: Open
  plan: () => void
  day: string
}
function Day({ lessons, loaded, long, now, who, open, plan, day }: DayProps) {
  const t = useWords()
  const zone = who.card.zone
  const earlier = loaded.filter((lesson) => isOpen(lesson) && endOf(lesson) <= now && localDay(startOf(lesson), zone) < day)
  const next = lessons.find((lesson) => isOpen(lesson) && startOf(lesson) > now)
  const current = lessons.find((lesson) => isUnderWay(lesson, now))
  const first = [current, ...lessons, ...earlier].find((lesson) => lesson && isOpen(lesson) && startOf(lesson) <= now)
  const card = (lesson: StaffLesson, standing: Standing, dated = false) => (
    <LessonCard
      {...{ lesson, standing, zone, open, dated }}
      key={lesson.id}
      before={topicsOf(loaded, lesson)[0]}
      first={lesson === first}
      named={isOfAnother(lesson, who.card)}
      mark={lesson === next ? t('inTime', { time: untilText(startOf(lesson) - now, t) }) : undefined}
    />
  )
  return (
    <Stack gap="xl">
      <section aria-label={t('today')} id="day">
        {lessons.length === 0 && (
          <div className="empty">
            <Text>{t('noLessons')}</Text>
            <Button onClick={plan}>{t('plan')}</Button>
          </div>
        )}
        <ol className="rail bare">{lessons.map((lesson) => card(lesson, standingOf(lesson, { now, next, current })))}</ol>
      </section>
      {earlier.length > 0 && (
        <section aria-labelledby="confirm">
          <Title order={2} size="h4" id="confirm" mb="xs">
            {t('awaiting')}
          </Title>
          <ol className="rail bare">{earlier.map((lesson) => card(lesson, 'past', true))}</ol>
        </section>
      )}
      {long.length > 0 && (
        <section aria-labelledby="long">
          <Title order={2} size="h4" id="long" mb="xs">
            {t('longUnreported', { total: long.length })}
          </Title>
          <ol className="rail bare">{long.map((lesson) => card(lesson, 'past', true))}</ol>
        </section>
      )}
    </Stack>
  )
}

const isUnderWay = (lesson: StaffLesson, now: number) =>
  (isOpen(lesson) || isCompleted(lesson)) && startOf(lesson) <= now && now < endOf(lesson)
type Around = { now: number; next?: StaffLesson; current?: StaffLesson }
function standingOf(lesson: StaffLesson, { now, next, current }: Around): Standing {
  if (lesson === current) return 'now'
  if (lesson === next) return 'next'
  return endOf(lesson) <= now ? 'past' : 'later'
}
const hourMs = 3_600_000
function untilText(ms: number, t: ReturnType<typeof useWords>): string {
  const [hours, minutes] = [Math.floor(ms / hourMs), Math.ceil((ms % hourMs) / 60_000)]
  return [hours && t('hoursShort', { count: hours }), minutes && t('minShort', { count: minutes })].filter(Boolean).join(' ')
}

/** A placeholder of the same shape while it loads. */
function Loading() {
  return (
    <ol className="rail bare">
      {[0, 1, 2].map((row) => (
        <li className="rail-row" key={row}>
          <div className="rail-time">
            <Skeleton height={16} width={44} mb={6} />
            <Skeleton height={12} width={36} />
          </div>
          <Skeleton height={96} radius="md" />
        </li>
      ))}
    </ol>
  )
}
