import { wallTimeOf } from '@repitbot/contracts/calendar'
import '@mantine/schedule/styles.css'
import { Text, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { DayView, type ScheduleEventData, WeekView, type WeekViewProps } from '@mantine/schedule'
import type { Me } from '@repitbot/contracts/auth'
import { useEffect, useRef, useState } from 'react'
import { dayText, instantText, momentText } from '../../time.ts'
import { showToast } from '../../ui/toast.tsx'
import { useWords } from '../../words.ts'
import type { Coming } from '../coming.ts'
import { moveLesson, type Scope, type To } from '../lesson-acts.ts'
import { isOfAnother, isOpen, namesOf, type StaffLesson, startOf } from '../lessons.ts'
import type { Open } from '../opened.ts'
import type { Place } from '../plan/plan-lesson.tsx'
import { ScopeQuestion } from '../scope-question.tsx'
import { clashText, refusedText } from '../taken.ts'
import { Body, ComingBody, drawnAs, isCut, opensAt, sharedProps, wallText } from './week-events.tsx'
import { useFocusThatFollows, useLessonKeys } from './week-keys.ts'

export type GridProps = {
  who: Me
  day: string
  byDay: boolean
  /** On a touch screen a finger scrolls the page, so lessons are moved from their sheet instead. */
  touch: boolean
  lessons: StaffLesson[]
  loaded: StaffLesson[]
  /** What series will hold in a week whose lessons are not planned yet. */
  coming: Coming[]
  turnTo: (day: string) => void
  showDay: (day: string) => void
  open: Open
  openSeries: (coming: Coming) => void
  plan: (place: Place) => void
}
type Pending = { lesson: StaffLesson; to: To }

const wallOf = (text: string) => text.slice(0, 16).replace(' ', 'T')
const isOpenIn = (event: ScheduleEventData) => {
  const { lesson } = drawnAs(event)
  return lesson !== undefined && isOpen(lesson)
}
const isCutIn = (event: ScheduleEventData, zone: string) => {
  const { lesson } = drawnAs(event)
  return lesson !== undefined && isCut(lesson, zone)
}

/** The lessons on the grid: dragged, stretched and planned with a pointer or with the keys alone. */
export function WeekGrid({ who, day, byDay, touch, lessons, loaded, coming, turnTo, showDay, open, openSeries, plan }: GridProps) {
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
  const grid = useDaysAsSeen()
  const { grabbed, onKeyDown } = useLessonKeys({ lessons, zone, drop, describe, turnTo, announce: setAnnouncement })
  const starts = [...lessons, ...coming].map(({ startsAt }) => startsAt)
  const shared = {
    ...sharedProps({ lessons, coming, grabbed, zone }),
    startScrollTime: `${opensAt({ starts, day, byDay, zone })}:00`,
    labels: { weekday: t('day'), timeSlot: t('freeSlot') },
    getCurrentTime: () => wallText(wallTimeOf(Date.now(), zone)),
    getTimeSlotProps: ({ start }: { start: string }) => ({
      'aria-label': t('slotAt', { when: `${dayText(start.slice(0, 10))}, ${start.slice(11, 16)}` }),
    }),
    renderEventBody: (event: ScheduleEventData) => {
      const { lesson, coming: one } = drawnAs(event)
      if (one) return <ComingBody coming={one} zone={zone} named={isOfAnother(one, who.card)} />
      return <Body lesson={lesson} zone={zone} grabbed={grabbed} named={isOfAnother(lesson, who.card)} />
    },
    renderEvent: (event, props) => {
      const { lesson } = drawnAs(event)
      const shape = { ...props, title: undefined }
      if (!lesson) return <UnstyledButton {...shape} className={`${props.className ?? ''} lesson`} data-status="coming" />
      return (
        <UnstyledButton
          {...shape}
          className={`${props.className ?? ''} lesson`}
          data-lesson={event.id}
          data-status={lesson.status}
          data-grabbed={grabbed?.lesson.id === event.id || undefined}
          aria-describedby="week-keys"
          onKeyDown={onKeyDown(lesson)}
          onKeyUp={(key: React.KeyboardEvent) => key.key === ' ' && key.preventDefault()}
        />
      )
    },
    withEventsDragAndDrop: !touch,
    withEventResize: !touch,
    canDragEvent: isOpenIn,
    canResizeEvent: (event: ScheduleEventData) => isOpenIn(event) && !isCutIn(event, zone),
    onEventDrop: ({ event, newStart }) => {
      const { lesson } = drawnAs(event)
      if (lesson) drop(lesson, { startsAt: instantText(wallOf(newStart), zone), minutes: lesson.minutes })
    },
    onEventResize: ({ event, newStart, newEnd }) => {
      const { lesson } = drawnAs(event)
      if (lesson) drop(lesson, toSpan(wallOf(newStart), wallOf(newEnd), zone))
    },
    onTimeSlotClick: ({ slotStart }) => plan({ day: slotStart.slice(0, 10), time: slotStart.slice(11, 16) }),
    onEventClick: (event: ScheduleEventData) => {
      const { lesson, coming: one } = drawnAs(event)
      if (one) openSeries(one)
      else open({ lesson, view: 'details' })
    },
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

/** The grid labels the days of its head with a date that differs from the visible one; without the label a screen reader reads the visible one. */
function useDaysAsSeen() {
  const grid = useRef<HTMLDivElement>(null)
  useEffect(() => {
    for (const day of grid.current?.querySelectorAll('.mantine-WeekView-weekViewDayLabel') ?? []) day.removeAttribute('aria-label')
  })
  return grid
}

const toSpan = (from: string, until: string, zone: string): To => ({
  startsAt: instantText(from, zone),
  minutes: Math.max(5, (Date.parse(`${until}Z`) - Date.parse(`${from}Z`)) / 60_000),
})
