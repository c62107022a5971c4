import { feature } from '../feature.ts'
import { lastRow } from '../flows/show-menu.ts'
import { progressOf } from '../flows/show-progress.ts'
import { button } from '../rules/screen.ts'
import { long } from '../rules/taps.ts'

/** A student's progress for their tutor or parent; back leads to the card that has its button. */
export const progressOfAnother = feature({
  for: ['admin', 'tutor', 'parent'],
  taps: {
    prog: async (context, id) => {
      const student = await context.api.people.get({ userId: long(id) })
      const back = button(context.words.text('back'), context.role === 'parent' ? 'child' : 'stud', id)
      return { lines: await progressOf(context, student), rows: lastRow(context, back) }
    },
  },
})
