import { Skeleton, Text } from '@mantine/core'
import { localDay, mondayOf } from '@repitbot/contracts/calendar'
import { Link } from '@tanstack/react-router'
import { useWords } from '../../words.ts'
import { endOf, isCancelled, isOpen, type StaffLesson, startOf } from '../lessons.ts'

/** `long`: how many wait from before the days that are loaded. */
type Props = { loaded?: StaffLesson[]; long: number; now: number; zone: string; day: string }

/** What waits, what is today and what the week holds; each leads there. */
export function Counters({ loaded, long, now, zone, day }: Props) {
  const t = useWords()
  const alive = loaded?.filter((lesson) => !isCancelled(lesson)) ?? []
  const dayOf = (lesson: StaffLesson) => localDay(startOf(lesson), zone)
  const waiting = alive.filter((lesson) => isOpen(lesson) && endOf(lesson) <= now)
  const today = alive.filter((lesson) => dayOf(lesson) === day)
  const week = alive.filter((lesson) => dayOf(lesson) >= mondayOf(day))
  const minutes = week.reduce((sum, lesson) => sum + lesson.minutes, 0)
  const hours = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 }).format(minutes / 60)
  const firstWaiting = waiting.find((lesson) => dayOf(lesson) === day)
  const earlier = waiting.some((lesson) => dayOf(lesson) < day) || !long ? 'confirm' : 'long'
  const confirm =
    firstWaiting && earlier === 'confirm' && !waiting.some((lesson) => dayOf(lesson) < day) ? `lesson-${firstWaiting.id}` : earlier
  const number = (count: number) => (loaded ? <strong>{count}</strong> : <Skeleton height={28} width={28} />)
  return (
    <nav className="counters" aria-label={t('counters')}>
      <Link to="/" hash={confirm} data-waiting={waiting.length + long > 0 || undefined}>
        {number(waiting.length + long)}
        <Text span size="sm">
          {t('toConfirm')}
        </Text>
      </Link>
      <Link to="/" hash="day">
        {number(today.length)}
        <Text span size="sm">
          {t('lessonsToday', { count: today.length })}
        </Text>
      </Link>
      <Link to="/week">
        {number(week.length)}
        <Text span size="sm">
          {t('thisWeek', { hours })}
        </Text>
      </Link>
    </nav>
  )
}
