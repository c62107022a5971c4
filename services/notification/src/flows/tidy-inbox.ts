import type { Deps } from '../deps.ts'

/** Removes notices, letters and copies of lessons that ended long ago. */
export const tidyInbox = ({ store, now }: Deps) => store.tidyInbox(now())
