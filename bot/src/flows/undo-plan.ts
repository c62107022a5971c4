import type { Signed } from '../feature.ts'
import type { Screen } from '../rules/screen.ts'
import { readUndo } from '../rules/undo.ts'
import { lastRow } from './show-menu.ts'

/** Takes back a lesson planned a moment ago. Later it is called off on its card, where that is asked first. */
export const undoLesson = (talk: Signed, id: string): Promise<Screen> =>
  undone(talk, id, (lessonId) => talk.ask.lessons.cancel({ lessonId }, talk.once()))

/** The same of a whole series. */
export const undoSeries = (talk: Signed, id: string): Promise<Screen> =>
  undone(talk, id, (seriesId) => talk.ask.series.cancel({ seriesId, scope: 'all' }, talk.once()))

async function undone(talk: Signed, text: string, cancel: (id: string) => Promise<unknown>): Promise<Screen> {
  const { words } = talk
  const { id, inTime } = readUndo(text, talk.now)
  if (!inTime) return { lines: [words.html('add.tooLate')], rows: lastRow(talk), toast: words.text('stale') }
  await cancel(id)
  return { lines: [words.html('add.undone')], rows: lastRow(talk), toast: words.text('add.undone') }
}
