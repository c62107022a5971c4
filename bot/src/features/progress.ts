import { feature } from '../feature.ts'
import { lastRow } from '../flows/show-menu.ts'
import { progressOf } from '../flows/show-progress.ts'

export const progress = feature({
  command: 'progress',
  for: ['student'],
  open: async (talk) => ({ lines: await progressOf(talk, talk.me.card), rows: lastRow(talk) }),
})
