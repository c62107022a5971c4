import type { Migration } from '@repitbot/kit/migrations'

/** The admins of a school are woken at each change of a lesson; the index spares reading every person for it. */
export const admins: Migration = {
  name: '0003-admins',
  up: `create index person_admin on person (school_id) where role = 'admin' and active`,
}
