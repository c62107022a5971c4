import { publicFeature } from '../feature.ts'
import { lastRow } from '../flows/show-menu.ts'

export const privacy = publicFeature({
  command: 'privacy',
  open: (context) => ({ lines: context.words.html('privacy').split('\n'), rows: context.me ? lastRow(context) : [] }),
})
