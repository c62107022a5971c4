import { Text, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { addDays, localDay } from '@repitbot/contracts/calendar'
import { dayText } from '../../time.ts'
import { useWords } from '../../words.ts'
import type { Coming } from '../coming.ts'
import { isCancelled, type StaffLesson, startOf } from '../lessons.ts'

type Props = {
  monday: string
  day: string
  today: string
  lessons?: StaffLesson[]
  coming: Coming[]
  zone: string
  turnTo: (day: string) => void
}

/** The days of the week with what each holds, where one day is shown. */
export function DayStrip({ monday, day, today, lessons = [], coming, zone, turnTo }: Props) {
  const t = useWords()
  return (
    <nav className="day-strip" aria-label={t('week')}>
      {[0, 1, 2, 3, 4, 5, 6].map((step) => {
        const on = addDays(monday, step)
        const count = [...lessons.filter((lesson) => !isCancelled(lesson)), ...coming].filter(
          (one) => localDay(startOf(one), zone) === on,
        ).length
        return (
          <UnstyledButton key={on} aria-pressed={on === day} data-today={on === today || undefined} onClick={() => turnTo(on)}>
            <Text span size="xs">
              {dayText(on, { weekday: 'short' })}
            </Text>
            <Text span fw={600}>
              {Number(on.slice(8))}
            </Text>
            <VisuallyHidden>{t('lessonsCount', { count })}</VisuallyHidden>
            <span className="pips" aria-hidden>
              {'•'.repeat(Math.min(count, 4)) || '\u00a0'}
            </span>
          </UnstyledButton>
        )
      })}
    </nav>
  )
}
