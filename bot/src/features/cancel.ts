import { openFeature } from '../feature.ts'
import { menuOf } from '../flows/show-menu.ts'

/** Leaves whatever was begun, for good; whoever leads the dialogues forgets it. */
export const cancel = openFeature({
  command: 'cancel',
  open: (talk) => ({ ...menuOf(talk), lines: [talk.words.html('nothingToCancel')] }),
})
