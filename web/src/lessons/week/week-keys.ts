import { addMinutes, localDay, wallTimeOf } from '@repitbot/contracts/calendar'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { instantText } from '../../time.ts'
import { useWords } from '../../words.ts'
import type { To } from '../lesson-acts.ts'
import { type HeldLesson, isOpen, startOf } from '../lessons.ts'

/** A lesson held by the keys, where it would be put. */
export type Grabbed = { lesson: HeldLesson; wall: string; minutes: number }
type Keys = {
  lessons: HeldLesson[]
  zone: string
  drop: (lesson: HeldLesson, to: To) => void
  describe: (lesson: HeldLesson, to: To) => void
  turnTo: (day: string) => void
  say: (text: string) => void
}

const stepMinutes = 15
const dayMinutes = 24 * 60
const steps: Record<string, number> = { ArrowUp: -stepMinutes, ArrowDown: stepMinutes, ArrowLeft: -dayMinutes, ArrowRight: dayMinutes }
/** A lesson is drawn anew where it goes, so the focus follows by its id. */
const focusLesson = (id: string) => document.querySelector<HTMLElement>(`[data-event-id="${id}"]`)?.focus()

/** So long a lesson that was put down may still be drawn anew, shown at once and again as the server has it. */
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
export function useLessonKeys({ lessons, zone, drop, describe, turnTo, say }: Keys) {
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
    say(text)
    turnTo(localDay(startOf(lesson), zone))
    setTimeout(() => focusLesson(lesson.id))
  }
  const whileHeld = (held: Grabbed, { key, shiftKey }: KeyboardEvent) => {
    const step = steps[key]
    if (step && shiftKey && Math.abs(step) === stepMinutes)
      return hold({ ...held, minutes: Math.min(480, Math.max(stepMinutes, held.minutes + step)) })
    if (step) return hold({ ...held, wall: addMinutes(held.wall, step) })
    if (key === 'Escape') return release(held, t('letGo'))
    if (key !== 'Enter' && key !== ' ') return false
    setGrabbed(undefined)
    setTimeout(() => focusLesson(held.lesson.id))
    drop(held.lesson, toOf(held))
  }
  const whileFree = (lesson: HeldLesson, { key }: KeyboardEvent) => {
    if (key === ' ') {
      if (!isOpen(lesson)) return say(t('cannotMove'))
      setGrabbed({ lesson, wall: wallTimeOf(startOf(lesson), zone), minutes: lesson.minutes })
      return say(t('grabbed'))
    }
    const next = key in steps ? neighbour(lessons, lesson, steps[key] ?? 0, zone) : undefined
    if (!(key in steps)) return false
    if (next) focusLesson(next.id)
  }
  const onKeyDown = (lesson: HeldLesson) => (event: KeyboardEvent) => {
    const held = grabbed?.lesson.id === lesson.id ? grabbed : undefined
    if ((held ? whileHeld(held, event) : whileFree(lesson, event)) !== false) event.preventDefault()
  }
  return { grabbed, onKeyDown }
}

/** Up and down in the order of time, left and right to the nearest lesson of another day. */
function neighbour(lessons: HeldLesson[], from: HeldLesson, step: number, zone: string): HeldLesson | undefined {
  const day = localDay(startOf(from), zone)
  const ordered = lessons.toSorted((a, b) => startOf(a) - startOf(b) || (a.id < b.id ? -1 : 1))
  const along = step < 0 ? ordered.toReversed() : ordered
  const rest = along.slice(along.findIndex(({ id }) => id === from.id) + 1)
  return Math.abs(step) === dayMinutes ? rest.find((lesson) => localDay(startOf(lesson), zone) !== day) : rest[0]
}
