import { addMinutes, mondayOf, wallTimeOf } from '@repitbot/contracts/calendar'
import '@mantine/schedule/styles.css'
import { Text, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { DayView, type ScheduleEventData, WeekView, type WeekViewProps } from '@mantine/schedule'
import type { Me } from '@repitbot/contracts/auth'
import { IconCheck, IconRepeat } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { dayText, instantText, momentText, timeText } from '../../time.ts'
import { showToast } from '../../ui/toast.tsx'
import { useWords } from '../../words.ts'
import { moveLesson, type Scope, type To } from '../lesson-acts.ts'
import { isCompleted, isOfAnother, isOpen, namesOf, type StaffLesson, startOf } from '../lessons.ts'
import type { Open } from '../opened.ts'
import type { Place } from '../plan/plan-lesson.tsx'
import { ScopeQuestion } from '../scope-question.tsx'
import { clashText, refusedText } from '../taken.ts'
import { type Grabbed, useFocusThatFollows, useLessonKeys } from './week-keys.ts'

export type GridProps = {
  who: Me
  day: string
  byDay: boolean
  /** On a touch screen a finger scrolls the page, so lessons are moved from their sheet instead. */
  touch: boolean
  lessons: StaffLesson[]
  loaded: StaffLesson[]
  turnTo: (day: string) => void
  showDay: (day: string) => void
  open: Open
  plan: (place: Place) => void
}
type Pending = { lesson: StaffLesson; to: To }

const wallText = (wall: string) => `${wall.replace('T', ' ')}:00`
const wallOf = (text: string) => text.slice(0, 16).replace(' ', 'T')
/** Earlier hours are drawn only when a lesson is in them. */
const dayBegins = '06'
/** Where a week without lessons and without now opens. */
const dayUsual = '08:00'
const lessonOf = (event: ScheduleEventData) => event.payload as StaffLesson

/** The lessons on the grid: dragged, stretched and planned with a pointer or with the keys alone. */
export function WeekGrid({ who, day, byDay, touch, lessons, loaded, turnTo, showDay, open, plan }: GridProps) {
  const t = useWords()
  const zone = who.card.zone
  const [pending, setPending] = useState<Pending>()
  const [announcement, setAnnouncement] = useState('')
  const refuse = (text: string) => {
    setAnnouncement(text)
    showToast({ text })
  }
  const follow = useFocusThatFollows()
  const act = async ({ lesson, to }: Pending, scope: Scope) => {
    setPending(undefined)
    follow(lesson.id)
    await moveLesson(lesson, to, scope).catch((error) => refuse(refusedText(error, loaded, zone)))
  }
  const drop = (lesson: StaffLesson, to: To) => {
    if (Date.parse(to.startsAt) === startOf(lesson) && to.minutes === lesson.minutes) return
    const clash = clashText(loaded, lesson, to, zone)
    if (clash) return refuse(clash)
    if (lesson.seriesId && lesson.seriesOn) return setPending({ lesson, to })
    void act({ lesson, to }, 'this')
  }
  const describe = (lesson: StaffLesson, to: To) => {
    const clash = clashText(loaded, lesson, to, zone)
    const place = t('heldAt', { when: momentText(to.startsAt, zone), count: to.minutes })
    setAnnouncement(clash ? `${place}. ${clash}` : place)
  }
  const grid = useRef<HTMLDivElement>(null)
  // The grid labels the days of its head with a date that differs from the visible one; without the label a screen reader reads the visible one.
  useEffect(() => {
    for (const day of grid.current?.querySelectorAll('.mantine-WeekView-weekViewDayLabel') ?? []) day.removeAttribute('aria-label')
  })
  const { grabbed, onKeyDown } = useLessonKeys({ lessons, zone, drop, describe, turnTo, announce: setAnnouncement })
  const shared = {
    ...sharedProps({ lessons, grabbed, zone }),
    startScrollTime: `${opensAt({ lessons, day, byDay, zone })}:00`,
    labels: { weekday: t('day'), timeSlot: t('freeSlot') },
    getCurrentTime: () => wallText(wallTimeOf(Date.now(), zone)),
    getTimeSlotProps: ({ start }: { start: string }) => ({
      'aria-label': t('slotAt', { when: `${dayText(start.slice(0, 10))}, ${start.slice(11, 16)}` }),
    }),
    renderEventBody: (event: ScheduleEventData) => (
      <Body lesson={lessonOf(event)} zone={zone} grabbed={grabbed} named={isOfAnother(lessonOf(event), who.card)} />
    ),
    renderEvent: (event, props) => (
      <UnstyledButton
        {...props}
        className={`${props.className ?? ''} lesson`}
        title={undefined}
        data-lesson={event.id}
        data-status={lessonOf(event).status}
        data-grabbed={grabbed?.lesson.id === event.id || undefined}
        aria-describedby="week-keys"
        onKeyDown={onKeyDown(lessonOf(event))}
        onKeyUp={(key: React.KeyboardEvent) => key.key === ' ' && key.preventDefault()}
      />
    ),
    withEventsDragAndDrop: !touch,
    withEventResize: !touch,
    canDragEvent: (event: ScheduleEventData) => isOpen(lessonOf(event)),
    canResizeEvent: (event: ScheduleEventData) => isOpen(lessonOf(event)) && !isCut(lessonOf(event), zone),
    onEventDrop: ({ event, newStart }) =>
      drop(lessonOf(event), { startsAt: instantText(wallOf(newStart), zone), minutes: lessonOf(event).minutes }),
    onEventResize: ({ event, newStart, newEnd }) => drop(lessonOf(event), toSpan(wallOf(newStart), wallOf(newEnd), zone)),
    onTimeSlotClick: ({ slotStart }) => plan({ day: slotStart.slice(0, 10), time: slotStart.slice(11, 16) }),
    onEventClick: (event: ScheduleEventData) => open({ lesson: lessonOf(event), view: 'details' }),
  } satisfies Partial<WeekViewProps>
  return (
    <div ref={grid} className="week-grid" data-own={who.card.role === 'tutor' || undefined}>
      <VisuallyHidden id="week-keys">{t('weekKeys')}</VisuallyHidden>
      {byDay ? (
        <DayView {...shared} date={day} withAllDaySlot={false} />
      ) : (
        <WeekView
          {...shared}
          date={day}
          firstDayOfWeek={1}
          withAllDaySlots={false}
          withWeekNumber={false}
          highlightToday
          weekendDays={[]}
          onDateChange={showDay}
          weekdayFormat={(on) => dayText(on.slice(0, 10), { weekday: 'short' })}
        />
      )}
      <div role="status" className="announcement">
        {announcement}
      </div>
      {!touch && (
        <Text size="xs" className="dimmed" mt="xs" aria-hidden>
          {t('weekKeys')}
        </Text>
      )}
      {pending && (
        <ScopeQuestion
          message={t('moveTold', { name: namesOf(pending.lesson), when: momentText(pending.to.startsAt, zone), count: pending.to.minutes })}
          answer={(scope) => void act(pending, scope)}
          close={() => {
            setPending(undefined)
            follow(pending.lesson.id)
          }}
        />
      )}
    </div>
  )
}

const toSpan = (from: string, until: string, zone: string): To => ({
  startsAt: instantText(from, zone),
  minutes: Math.max(5, (Date.parse(`${until}Z`) - Date.parse(`${from}Z`)) / 60_000),
})
/** A lesson over midnight is drawn up to the end of its day; otherwise the grid would show it as an all-day event. */
const isCut = ({ startsAt, minutes }: StaffLesson, zone: string) => {
  const wall = wallTimeOf(startsAt, zone)
  return addMinutes(wall, minutes).slice(0, 10) !== wall.slice(0, 10)
}

/** The colours are those of week.css, which knows both themes. */
const face = (name: 'ahead' | 'waiting' | 'over') => ({ color: `var(--lesson-${name})`, variant: 'filled' as const })
const faces: Record<StaffLesson['status'], ReturnType<typeof face>> = {
  scheduled: face('ahead'),
  rescheduled: face('ahead'),
  awaiting_confirmation: face('waiting'),
  completed: face('over'),
  cancelled_free: face('over'),
  cancelled_chargeable: face('over'),
}

/** The time of day at the top when the week opens: an hour before its first lesson, or before now where it has none, for the days are named over that hour. */
function opensAt({ lessons, day, byDay, zone }: Pick<GridProps, 'lessons' | 'day' | 'byDay'> & { zone: string }): string {
  const now = wallTimeOf(Date.now(), zone)
  const shown = (wall: string) => (byDay ? wall.slice(0, 10) === day : mondayOf(wall.slice(0, 10)) === mondayOf(day))
  const walls = lessons.map((lesson) => wallTimeOf(startOf(lesson), zone)).filter(shown)
  const first = walls.map((wall) => wall.slice(11)).toSorted()[0] ?? (shown(now) ? now.slice(11) : dayUsual)
  const before = `${String(Math.max(0, Number(first.slice(0, 2)) - 1)).padStart(2, '0')}:${first.slice(3) < '30' ? '00' : '30'}`
  return first < '01:00' ? '00:00' : before
}

function sharedProps({ lessons, grabbed, zone }: { lessons: StaffLesson[]; grabbed?: Grabbed; zone: string }) {
  const events = lessons.map((lesson): ScheduleEventData => {
    const moving = grabbed?.lesson.id === lesson.id ? grabbed : undefined
    const start = moving?.wall ?? wallTimeOf(startOf(lesson), zone)
    const end = addMinutes(start, moving?.minutes ?? lesson.minutes)
    const lastMinute = `${start.slice(0, 10)}T23:59`
    return {
      id: lesson.id,
      title: namesOf(lesson),
      start: wallText(start),
      end: wallText(end < lastMinute ? end : lastMinute),
      ...faces[lesson.status],
      payload: lesson,
    }
  })
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

function Body({ lesson, zone, grabbed, named }: { lesson: StaffLesson; zone: string; grabbed?: Grabbed; named: boolean }) {
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
