import { addMinutes, localDay, wallTimeOf } from '@repitbot/contracts/calendar'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { instantText } from '../../time.ts'
import { useWords } from '../../words.ts'
import type { To } from '../lesson-acts.ts'
import { isOpen, type StaffLesson, startOf } from '../lessons.ts'

/** A lesson picked up with the keyboard, and where it would be put. */
export type Grabbed = { lesson: StaffLesson; wall: string; minutes: number }
type Keys = {
  lessons: StaffLesson[]
  zone: string
  drop: (lesson: StaffLesson, to: To) => void
  describe: (lesson: StaffLesson, to: To) => void
  turnTo: (day: string) => void
  announce: (text: string) => void
}

const stepMinutes = 15
const dayMinutes = 24 * 60
const steps: Record<string, number> = { ArrowUp: -stepMinutes, ArrowDown: stepMinutes, ArrowLeft: -dayMinutes, ArrowRight: dayMinutes }
/** A moved lesson is another element, so the focus follows by its id. */
const focusLesson = (id: string) => document.querySelector<HTMLElement>(`[data-event-id="${id}"]`)?.focus()

/** How long after a move the lesson may still be drawn again: at once as expected, and then as the server answers. */
const followMs = 3_000
/** Keeps the focus on a lesson whose place changes: what is drawn in another column is another element. */
export function useFocusThatFollows() {
  const followed = useRef<string>(undefined)
  useEffect(() => {
    if (followed.current && document.activeElement === document.body) focusLesson(followed.current)
  })
  return (id: string) => {
    followed.current = id
    setTimeout(() => focusLesson(id))
    setTimeout(() => {
      followed.current = undefined
    }, followMs)
  }
}

/** Arrows go from lesson to lesson; a lesson taken with the space bar goes with them, and stretches with Shift. */
export function useLessonKeys({ lessons, zone, drop, describe, turnTo, announce }: Keys) {
  const t = useWords()
  const [grabbed, setGrabbed] = useState<Grabbed>()
  useEffect(() => {
    if (grabbed) focusLesson(grabbed.lesson.id)
  }, [grabbed])
  const toOf = ({ wall, minutes }: Grabbed): To => ({ startsAt: instantText(wall, zone), minutes })
  const hold = (next: Grabbed) => {
    setGrabbed(next)
    describe(next.lesson, toOf(next))
    turnTo(next.wall.slice(0, 10))
  }
  const release = ({ lesson }: Grabbed, text: string) => {
    setGrabbed(undefined)
    announce(text)
    turnTo(localDay(startOf(lesson), zone))
    setTimeout(() => focusLesson(lesson.id))
  }
  const whileHeld = (current: Grabbed, { key, shiftKey }: KeyboardEvent) => {
    const step = steps[key]
    if (step && shiftKey && Math.abs(step) === stepMinutes)
      return hold({ ...current, minutes: Math.min(480, Math.max(stepMinutes, current.minutes + step)) })
    if (step) return hold({ ...current, wall: addMinutes(current.wall, step) })
    if (key === 'Escape') return release(current, t('letGo'))
    if (key !== 'Enter' && key !== ' ') return false
    setGrabbed(undefined)
    setTimeout(() => focusLesson(current.lesson.id))
    drop(current.lesson, toOf(current))
  }
  const whileFree = (lesson: StaffLesson, { key }: KeyboardEvent) => {
    if (key === ' ') {
      if (!isOpen(lesson)) return announce(t('cannotMove'))
      setGrabbed({ lesson, wall: wallTimeOf(startOf(lesson), zone), minutes: lesson.minutes })
      return announce(t('grabbed'))
    }
    const next = key in steps ? neighbour(lessons, lesson, steps[key] ?? 0, zone) : undefined
    if (!(key in steps)) return false
    if (next) focusLesson(next.id)
  }
  const onKeyDown = (lesson: StaffLesson) => (event: KeyboardEvent) => {
    const current = grabbed?.lesson.id === lesson.id ? grabbed : undefined
    if ((current ? whileHeld(current, event) : whileFree(lesson, event)) !== false) event.preventDefault()
  }
  return { grabbed, onKeyDown }
}

/** Up and down in the order of time, left and right to the nearest lesson of another day. */
function neighbour(lessons: StaffLesson[], from: StaffLesson, step: number, zone: string): StaffLesson | undefined {
  const day = localDay(startOf(from), zone)
  const ordered = lessons.toSorted((a, b) => startOf(a) - startOf(b) || (a.id < b.id ? -1 : 1))
  const along = step < 0 ? ordered.toReversed() : ordered
  const rest = along.slice(along.findIndex(({ id }) => id === from.id) + 1)
  return Math.abs(step) === dayMinutes ? rest.find((lesson) => localDay(startOf(lesson), zone) !== day) : rest[0]
}
