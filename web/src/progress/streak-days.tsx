import './progress.css'
import { Group, Text } from '@mantine/core'
import type { DayKind } from '@repitbot/contracts/student'
import { IconCheck, IconMinus, IconPlayerPause, IconRefresh, IconSnowflake } from '@tabler/icons-react'
import { Fragment } from 'react'
import type { z } from 'zod'
import { useStore } from '../store.ts'
import { language } from '../words.ts'
import { useGameTexts } from './texts.ts'

type Kind = z.output<typeof DayKind>
type Day = { day: string; kind: Kind; lessons: number }

/** An icon, not only a colour, says what a day was. */
const marks = {
  active: IconCheck,
  frozen: IconSnowflake,
  paused: IconPlayerPause,
  repaired: IconRefresh,
  missed: IconMinus,
  open: undefined,
}
const legend = ['active', 'frozen', 'paused', 'missed'] as const

const weekdays = [1, 2, 3, 4, 5, 6, 7].map((day) => Date.UTC(2024, 0, day))

/** The last days in weeks, Monday first, under the names of their months. */
export function StreakDays({ calendar }: { calendar: Day[] }) {
  const { dayKinds } = useGameTexts()
  const lang = useStore(language)
  const dayText = new Intl.DateTimeFormat(lang, { day: 'numeric', month: 'long', timeZone: 'UTC' })
  const month = new Intl.DateTimeFormat(lang, { month: 'long', timeZone: 'UTC' })
  const letter = new Intl.DateTimeFormat(lang, { weekday: 'short', timeZone: 'UTC' })
  return (
    <>
      {calendar.length > 0 && (
        <Text size="xs" c="dimmed" mb={4}>
          {dayText.formatRange(new Date(`${calendar[0]?.day}T12:00:00Z`), new Date(`${calendar.at(-1)?.day}T12:00:00Z`))}
        </Text>
      )}
      <ol className="days">
        {weekdays.map((day) => (
          <li key={day} aria-hidden className="day-name">
            {letter.format(day)}
          </li>
        ))}
        {calendar.map(({ day, kind }, at) => {
          const noon = new Date(`${day}T12:00:00Z`)
          const begins = at === 0 || noon.getUTCDate() === 1
          return (
            <Fragment key={day}>
              {begins && (
                <li aria-hidden className="month-name">
                  {month.format(noon)}
                </li>
              )}
              <li style={begins ? { gridColumnStart: ((noon.getUTCDay() + 6) % 7) + 1 } : undefined}>
                <Dot kind={kind} label={`${dayText.format(noon)}: ${dayKinds[kind]}`} />
              </li>
            </Fragment>
          )
        })}
      </ol>
      <Group gap="md" mt="sm" aria-hidden>
        {legend.map((kind) => (
          <Group key={kind} gap={6}>
            <Dot kind={kind} />
            <Text size="xs" c="dimmed">
              {dayKinds[kind]}
            </Text>
          </Group>
        ))}
      </Group>
    </>
  )
}

/** Without a label it is a mark in the legend, whose word stands beside it. */
function Dot({ kind, label }: { kind: Kind; label?: string }) {
  const Mark = marks[kind]
  const mark = Mark && <Mark size={label ? 15 : 11} stroke={2.6} aria-hidden />
  return label ? (
    <span className={`dot dot-${kind}`} role="img" aria-label={label} title={label}>
      {mark}
    </span>
  ) : (
    <span className={`dot dot-${kind} dot-small`}>{mark}</span>
  )
}
