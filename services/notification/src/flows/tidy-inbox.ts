import type { Inside } from '../inside.ts'

/** Removes notices and lesson copies that ended long ago. */
export const tidyInbox = ({ store, now }: Inside) => store.transaction({ schoolId: [] }, (unit) => unit.tidyInbox(now()))
