import { feature } from '../feature.ts'
import { lastRow } from '../flows/show-menu.ts'
import { progressOf } from '../flows/show-progress.ts'

export const progress = feature({
  command: 'progress',
  for: ['student'],
  open: async (context) => ({ lines: await progressOf(context, context.me.card), rows: lastRow(context) }),
})
