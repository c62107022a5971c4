import type { Deps } from '../deps.ts'

/** Removes notices and lesson copies that ended long ago. */
export const tidyInbox = ({ store, now }: Deps) => store.transaction({ schoolId: [] }, (unit) => unit.tidyInbox(now()))
