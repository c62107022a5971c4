import { instantOf, weekdayOf } from '@repitbot/contracts/calendar'
import type { MemberContext } from '../feature.ts'
import { type CompleteDraft, currencyOf } from '../rules/add-lesson.ts'
import { button, type Screen } from '../rules/screen.ts'
import { undoId } from '../rules/undo.ts'
import { instantOn } from '../rules/when.ts'
import { lastRow } from './show-menu.ts'

/** Plans the draft, once: a lesson, or a series when it repeats. It can be undone for five minutes. */
export async function planLesson(context: MemberContext, whole: CompleteDraft): Promise<Screen> {
  const { api, once, words, wall, now } = context
  const { who, subject, day, time, minutes, repeat, priceMinor, tutorId } = whole
  const plan = {
    type: 'individual' as const,
    subject,
    minutes,
    tutorId,
    zone: wall.zone,
    students: [{ studentId: who.id, priceMinor, currency: currencyOf(whole) }],
  }
  const startsAt = instantOf(day, time, wall.zone).toISOString()
  const names = words.html('lesson.names', { names: who.name })
  const lines = [`✅ ${words.html('add.planned')}`, names, words.html('lesson.title', { subject }), instantOn(wall, startsAt)]
  if (repeat === 'once') {
    const { id, version } = await api.lessons.plan({ ...plan, startsAt }, once('plan'))
    const open = button(words.text('back'), 'day', day)
    return { lines, rows: [[button(words.text('add.undo'), 'unp', undoId(id, version, now))], ...lastRow(context, open)] }
  }
  const rule = { freq: 'weekly' as const, interval: repeat === 'weekly' ? 1 : 2, weekdays: [weekdayOf(day)], at: time, from: day }
  const { id, version } = await api.series.plan({ ...plan, ...rule }, once('plan'))
  const undo = button(words.text('add.undo'), 'uns', undoId(id, version, now))
  return { lines: [...lines, words.html(`add.${repeat}`)], rows: [[undo], ...lastRow(context, button(words.text('back'), 'week', day))] }
}
