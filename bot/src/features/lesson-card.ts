import { localDay } from '@repitbot/contracts/calendar'
import type { Lesson } from '@repitbot/contracts/lesson'
import type { z } from 'zod'
import { everyone, feature, type MemberContext, type Reply } from '../feature.ts'
import { askFamilyToCancel, cancelAsShown } from '../flows/cancel-by-family.ts'
import { lastRow } from '../flows/show-menu.ts'
import { cardOf, isOpen, type LessonView, namesOf, videoOf, whenOf } from '../rules/lessons.ts'
import { reportOf } from '../rules/report.ts'
import { type Button, button, inRows, type Screen } from '../rules/screen.ts'
import { long, short } from '../rules/taps.ts'
import { readUndo, undoId } from '../rules/undo.ts'

const isTutor = ({ role }: MemberContext) => role === 'admin' || role === 'tutor'
const getLesson = (context: MemberContext, lessonId: string): Promise<LessonView> =>
  isTutor(context) ? context.api.lessons.get({ lessonId }) : context.api.familyLessons.get({ lessonId })

/** One lesson's card, and what can be done with it. Each button carries the version it was made for; one of an older version only renews the card. */
export const lessonCard = feature({
  for: everyone,
  taps: {
    les: async (context, id) => lessonScreen(context, await getLesson(context, long(id))),
    rep: async (context, id): Promise<Reply> => {
      const { lesson, isStale } = await getVersioned(context, id)
      return isStale ? stale(context, lesson) : { form: 'done', data: reportOf(lesson as z.output<typeof Lesson>) }
    },
    undo: async (context, id) => {
      const { id: lessonId, version, inTime } = readUndo(id, context.now)
      const lesson = await getLesson(context, lessonId)
      if (lesson.version !== version) return stale(context, lesson)
      if (!inTime) return { ...lessonScreen(context, lesson), toast: context.words.text('lesson.tooLateToUndo') }
      const undone = isTutor(context)
        ? await context.api.lessons.undo({ lessonId, version }, context.once())
        : await context.api.familyLessons.restore({ lessonId }, context.once())
      return { ...lessonScreen(context, undone), toast: context.words.text('lesson.undone') }
    },
    off: async (context, id) => {
      const { lesson, isStale } = await getVersioned(context, id)
      return isStale ? stale(context, lesson) : askToCancel(context, lesson)
    },
    offyes: async (context, id) => {
      const { lesson, isStale, rest } = await getVersioned(context, id)
      if (isStale) return stale(context, lesson)
      const cancelled = isTutor(context)
        ? await context.api.lessons.cancel({ lessonId: lesson.id }, context.once())
        : await cancelAsShown(context, lesson, rest)
      if (!cancelled) return { ...(await askFamilyToCancel(context, lesson)), toast: context.words.text('failures.charge_changed') }
      const undo = button(context.words.text('lesson.undo'), 'undo', undoId(cancelled.id, cancelled.version, context.now))
      return { ...lessonScreen(context, cancelled, [undo]), toast: context.words.text('lesson.cancelled') }
    },
  },
})

/** `rest`: what the button carries beside the lesson and its version. */
async function getVersioned(context: MemberContext, id: string): Promise<{ lesson: LessonView; isStale: boolean; rest: string[] }> {
  const [lessonId = '', version = '', ...rest] = id.split('.')
  const lesson = await getLesson(context, long(lessonId))
  return { lesson, isStale: lesson.version !== Number.parseInt(version, 36), rest }
}
const stale = (context: MemberContext, lesson: LessonView): Screen => ({
  ...lessonScreen(context, lesson),
  toast: context.words.text('stale'),
})

/** `first`: buttons that are shown only now, such as undoing what was just done. */
export function lessonScreen(context: MemberContext, lesson: LessonView, first: Button[] = []): Screen {
  const { words, wall, now } = context
  const id = `${short(lesson.id)}.${lesson.version.toString(36)}`
  const open = isOpen(lesson)
  const hasBegun = Date.parse(lesson.startsAt) <= now.getTime()
  const isGroup = lesson.type === 'group'
  const explains = isGroup && open && !hasBegun && !isTutor(context)
  const can = [
    ...(isTutor(context) && open && hasBegun ? [button(words.text('lesson.complete'), 'rep', id)] : []),
    ...(isTutor(context) && lesson.status === 'completed' ? [button(words.text('lesson.correct'), 'rep', id)] : []),
    ...(open && (isTutor(context) || (!hasBegun && !isGroup)) ? [button(words.text('lesson.cancel'), 'off', id)] : []),
  ]
  const back = words.text('back')
  const toDay = context.role === 'parent' ? button(back, 'sch') : button(back, 'day', localDay(lesson.startsAt, wall.zone))
  return {
    lines: [...cardOf(lesson, words, wall), ...(explains ? ['', words.html('lesson.groupNotCancelled')] : [])],
    rows: [...inRows(first, 1), ...inRows(can), ...(open ? videoOf(lesson, words) : []), ...lastRow(context, toDay)],
  }
}

/** Asks to confirm, and names the students; nothing is cancelled before that. */
function askToCancel(context: MemberContext, lesson: LessonView): Screen | Promise<Screen> {
  if (!isTutor(context)) return askFamilyToCancel(context, lesson)
  const { words, wall } = context
  const names = namesOf(lesson)
  const values = { names, subject: lesson.subject, when: whenOf(lesson, wall) }
  const yes = button(words.text('lesson.cancelYes', { name: names }), 'offyes', `${short(lesson.id)}.${lesson.version.toString(36)}`)
  return {
    lines: words.html('lesson.cancelAsk', values).split('\n'),
    rows: [[yes], ...lastRow(context, button(words.text('back'), 'les', short(lesson.id)))],
  }
}
