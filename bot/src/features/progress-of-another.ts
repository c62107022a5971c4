import { feature } from '../feature.ts'
import { lastRow } from '../flows/show-menu.ts'
import { progressOf } from '../flows/show-progress.ts'
import { button } from '../rules/screen.ts'
import { long } from '../rules/taps.ts'

/** A student's progress for those who look after one; back leads to where its button is. */
export const progressOfAnother = feature({
  for: ['admin', 'tutor', 'parent'],
  taps: {
    prog: async (talk, id) => {
      const student = await talk.ask.people.get({ userId: long(id) })
      const back = button(talk.words.text('back'), talk.role === 'parent' ? 'child' : 'stud', id)
      return { lines: await progressOf(talk, student), rows: lastRow(talk, back) }
    },
  },
})
