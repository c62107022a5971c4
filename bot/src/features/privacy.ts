import { openFeature } from '../feature.ts'
import { lastRow } from '../flows/show-menu.ts'

export const privacy = openFeature({
  command: 'privacy',
  open: (talk) => ({ lines: talk.words.html('privacy').split('\n'), rows: talk.me ? lastRow(talk) : [] }),
})
