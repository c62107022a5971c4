import { VisuallyHidden } from '@mantine/core'
import type { ScheduleEventData } from '@mantine/schedule'
import { addMinutes, mondayOf, wallTimeOf } from '@repitbot/contracts/calendar'
import { IconCheck, IconRepeat } from '@tabler/icons-react'
import { timeText } from '../../time.ts'
import { useWords } from '../../words.ts'
import type { Coming } from '../coming.ts'
import { isCompleted, namesOf, type StaffLesson, startOf } from '../lessons.ts'
import type { Grabbed } from './week-keys.ts'

/** What an event of the grid is: a lesson, or what a series will have there one day. */
export type Drawn = { lesson: StaffLesson; coming?: undefined } | { coming: Coming; lesson?: undefined }
export const drawnAs = (event: ScheduleEventData) => event.payload as Drawn

export const wallText = (wall: string) => `${wall.replace('T', ' ')}:00`
/** Earlier hours are drawn only when a lesson is in them. */
const dayBegins = '06'
/** Where a week without lessons and without now opens. */
const dayUsual = '08:00'

/** A lesson over midnight is drawn up to the end of its day; otherwise the grid would show it as an all-day event. */
export const isCut = ({ startsAt, minutes }: StaffLesson, zone: string) => {
  const wall = wallTimeOf(startsAt, zone)
  return addMinutes(wall, minutes).slice(0, 10) !== wall.slice(0, 10)
}

/** From a wall time for so long, but not over midnight. */
function spanOf(start: string, minutes: number) {
  const end = addMinutes(start, minutes)
  const lastMinute = `${start.slice(0, 10)}T23:59`
  return { start: wallText(start), end: wallText(end < lastMinute ? end : lastMinute) }
}

/** The colours are those of week.css, which knows both themes. */
const face = (name: 'ahead' | 'waiting' | 'over' | 'coming') => ({ color: `var(--lesson-${name})`, variant: 'filled' as const })
const faces: Record<StaffLesson['status'], ReturnType<typeof face>> = {
  scheduled: face('ahead'),
  rescheduled: face('ahead'),
  awaiting_confirmation: face('waiting'),
  completed: face('over'),
  cancelled_free: face('over'),
  cancelled_chargeable: face('over'),
}

/** The time of day at the top when the week opens: an hour before its first lesson, or before now where it has none, for the days are named over that hour. */
export function opensAt({ starts, day, byDay, zone }: { starts: string[]; day: string; byDay: boolean; zone: string }): string {
  const now = wallTimeOf(Date.now(), zone)
  const shown = (wall: string) => (byDay ? wall.slice(0, 10) === day : mondayOf(wall.slice(0, 10)) === mondayOf(day))
  const walls = starts.map((startsAt) => wallTimeOf(startsAt, zone)).filter(shown)
  const first = walls.map((wall) => wall.slice(11)).toSorted()[0] ?? (shown(now) ? now.slice(11) : dayUsual)
  const before = `${String(Math.max(0, Number(first.slice(0, 2)) - 1)).padStart(2, '0')}:${first.slice(3) < '30' ? '00' : '30'}`
  return first < '01:00' ? '00:00' : before
}

type Shown = { lessons: StaffLesson[]; coming: Coming[]; grabbed?: Grabbed; zone: string }
export function sharedProps({ lessons, coming, grabbed, zone }: Shown) {
  const events = [
    ...lessons.map((lesson): ScheduleEventData => {
      const moving = grabbed?.lesson.id === lesson.id ? grabbed : undefined
      const span = spanOf(moving?.wall ?? wallTimeOf(startOf(lesson), zone), moving?.minutes ?? lesson.minutes)
      return { id: lesson.id, title: namesOf(lesson), ...span, ...faces[lesson.status], payload: { lesson } satisfies Drawn }
    }),
    ...coming.map((one): ScheduleEventData => {
      const span = spanOf(wallTimeOf(one.startsAt, zone), one.minutes)
      return {
        id: `${one.seriesId}-${one.seriesOn}`,
        title: namesOf(one),
        ...span,
        ...face('coming'),
        payload: { coming: one } satisfies Drawn,
      }
    }),
  ]
  const first = [...events.map(({ start }) => String(start).slice(11, 13)), dayBegins].toSorted()[0]
  return {
    events,
    withHeader: false,
    intervalMinutes: 30,
    eventDragInterval: 15,
    eventResizeInterval: 15,
    slotHeight: 64,
    radius: 'md' as const,
    startTime: `${first}:00:00`,
    withCurrentTimeBubble: false,
    scrollAreaProps: { mah: 'max(24rem, calc(100dvh - 15rem))', type: 'auto' as const },
  }
}

export function Body({ lesson, zone, grabbed, named }: { lesson: StaffLesson; zone: string; grabbed?: Grabbed; named: boolean }) {
  const t = useWords()
  const { startsAt, minutes, status, subject, seriesId, tutorName } = lesson
  const wall = grabbed?.lesson.id === lesson.id ? grabbed.wall.slice(11) : timeText(startsAt, zone)
  return (
    <span className="lesson-body">
      <span className="lesson-when">
        {wall}
        {seriesId && <IconRepeat size={12} aria-hidden />}
        {isCompleted(lesson) && <IconCheck size={13} aria-hidden />}
      </span>
      <span className="lesson-who">{namesOf(lesson)}</span>
      <span className="lesson-what">{named ? tutorName : subject}</span>
      <VisuallyHidden>{`${t('minutesShort', { count: minutes })}, ${t(`status_${status}`)}`}</VisuallyHidden>
    </span>
  )
}

/** What a series will have there: the same words, lighter, and said to be no lesson yet. */
export function ComingBody({ coming, zone, named }: { coming: Coming; zone: string; named: boolean }) {
  const t = useWords()
  const { startsAt, minutes, subject, tutorName } = coming
  return (
    <span className="lesson-body">
      <span className="lesson-when">
        {timeText(startsAt, zone)}
        <IconRepeat size={12} aria-hidden />
      </span>
      <span className="lesson-who">{namesOf(coming)}</span>
      <span className="lesson-what">{named ? tutorName : subject}</span>
      <VisuallyHidden>{`${t('minutesShort', { count: minutes })}, ${t('comingLesson')}`}</VisuallyHidden>
    </span>
  )
}
