import { publicFeature } from '../feature.ts'
import { menuOf } from '../flows/show-menu.ts'

/** Ends an unfinished form for good: the flow handle-update forgets it. This reply is for when there is none. */
export const cancel = publicFeature({
  command: 'cancel',
  open: (context) => ({ ...menuOf(context), lines: [context.words.html('nothingToCancel')] }),
})
