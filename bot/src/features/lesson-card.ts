import { localDay } from '@repitbot/contracts/calendar'
import type { Lesson } from '@repitbot/contracts/lesson'
import type { z } from 'zod'
import { everyone, feature, type Reply, type Signed } from '../feature.ts'
import { lastRow } from '../flows/show-menu.ts'
import { cardOf, namesOf, type Seen, videoOf, whenOf } from '../rules/lessons.ts'
import { reportOf } from '../rules/report.ts'
import { type Button, button, inRows, type Screen } from '../rules/screen.ts'
import { long, short } from '../rules/taps.ts'
import { readUndo } from '../rules/undo.ts'

const gives = ({ role }: Signed) => role === 'admin' || role === 'tutor'
const seen = (talk: Signed, lessonId: string): Promise<Seen> =>
  gives(talk) ? talk.ask.lessons.get({ lessonId }) : talk.ask.familyLessons.get({ lessonId })

/** One lesson's card, and what can be done with it. Each button names the version it was made for: of an older one only the card is renewed. */
export const lessonCard = feature({
  for: everyone,
  taps: {
    les: async (talk, id) => lessonScreen(talk, await seen(talk, long(id))),
    rep: async (talk, id): Promise<Reply> => {
      const { lesson, isStale } = await versioned(talk, id)
      return isStale ? stale(talk, lesson) : { form: 'done', data: reportOf(lesson as z.output<typeof Lesson>) }
    },
    undo: async (talk, id) => {
      const { id: lessonId, version, inTime } = readUndo(id, talk.now)
      const lesson = await seen(talk, lessonId)
      if (lesson.version !== version) return stale(talk, lesson)
      if (!inTime) return { ...lessonScreen(talk, lesson), toast: talk.words.text('lesson.tooLateToUndo') }
      const reopened = await talk.ask.lessons.reopen({ lessonId }, talk.once())
      return { ...lessonScreen(talk, reopened), toast: talk.words.text('lesson.undone') }
    },
    off: async (talk, id) => {
      const { lesson, isStale } = await versioned(talk, id)
      return isStale ? stale(talk, lesson) : askToCancel(talk, lesson)
    },
    offyes: async (talk, id) => {
      const { lesson, isStale } = await versioned(talk, id)
      if (isStale) return stale(talk, lesson)
      const which = { lessonId: lesson.id }
      const off = gives(talk) ? await talk.ask.lessons.cancel(which, talk.once()) : await talk.ask.familyLessons.cancel(which, talk.once())
      return { ...lessonScreen(talk, off), toast: talk.words.text('lesson.cancelled') }
    },
  },
})

async function versioned(talk: Signed, id: string): Promise<{ lesson: Seen; isStale: boolean }> {
  const [lessonId = '', version = ''] = id.split('.')
  const lesson = await seen(talk, long(lessonId))
  return { lesson, isStale: lesson.version !== Number.parseInt(version, 36) }
}
const stale = (talk: Signed, lesson: Seen): Screen => ({ ...lessonScreen(talk, lesson), toast: talk.words.text('stale') })

/** `first` are buttons that only this moment offers, such as undoing what was just done. */
export function lessonScreen(talk: Signed, lesson: Seen, first: Button[] = []): Screen {
  const { words, wall, now } = talk
  const id = `${short(lesson.id)}.${lesson.version.toString(36)}`
  const isOpen = ['scheduled', 'rescheduled', 'awaiting_confirmation'].includes(lesson.status)
  const hasBegun = Date.parse(lesson.startsAt) <= now.getTime()
  const can = [
    ...(gives(talk) && isOpen && hasBegun ? [button(words.text('lesson.complete'), 'rep', id)] : []),
    ...(gives(talk) && lesson.status === 'completed' ? [button(words.text('lesson.correct'), 'rep', id)] : []),
    ...(isOpen && (gives(talk) || !hasBegun) ? [button(words.text('lesson.cancel'), 'off', id)] : []),
  ]
  const back = words.text('back')
  const toDay = talk.role === 'parent' ? button(back, 'sch') : button(back, 'day', localDay(lesson.startsAt, wall.zone))
  return {
    lines: cardOf(lesson, words, wall),
    rows: [...inRows(first, 1), ...inRows(can), ...(isOpen ? videoOf(lesson, words) : []), ...lastRow(talk, toDay)],
  }
}

/** Names whom it is about; nothing happens before it is confirmed. */
function askToCancel(talk: Signed, lesson: Seen): Screen {
  const { words, wall } = talk
  const names = namesOf(lesson)
  const told = { names, subject: lesson.subject, when: whenOf(lesson, wall) }
  const yes = button(
    words.text('lesson.cancelYes', { name: names }).slice(0, 60),
    'offyes',
    `${short(lesson.id)}.${lesson.version.toString(36)}`,
  )
  const back = button(words.text('back'), 'les', short(lesson.id))
  return {
    lines: words.html(gives(talk) ? 'lesson.cancelAsk' : 'lesson.cancelAskFamily', told).split('\n'),
    rows: [[yes], ...lastRow(talk, back)],
  }
}
