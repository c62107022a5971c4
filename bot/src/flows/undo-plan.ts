import type { MemberContext } from '../feature.ts'
import type { Screen } from '../rules/screen.ts'
import { readUndo } from '../rules/undo.ts'
import { lastRow } from './show-menu.ts'

/** Cancels a lesson that was planned less than five minutes ago. Later it is cancelled on its card, which asks first. */
export const undoLesson = (context: MemberContext, id: string): Promise<Screen> =>
  undoPlan(context, id, (lessonId) => context.api.lessons.cancel({ lessonId }, context.once()))

/** The same of a whole series. */
export const undoSeries = (context: MemberContext, id: string): Promise<Screen> =>
  undoPlan(context, id, (seriesId) => context.api.series.cancel({ seriesId, scope: 'all' }, context.once()))

async function undoPlan(context: MemberContext, text: string, cancel: (id: string) => Promise<unknown>): Promise<Screen> {
  const { words } = context
  const { id, inTime } = readUndo(text, context.now)
  if (!inTime) return { lines: [words.html('add.tooLate')], rows: lastRow(context), toast: words.text('stale') }
  await cancel(id)
  return { lines: [words.html('add.undone')], rows: lastRow(context), toast: words.text('add.undone') }
}
