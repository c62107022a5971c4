import type { Migration } from '@repitbot/kit/migrations'

/** Whoever sees a whole school is woken at each change of a lesson, so they are not looked for among everybody. */
export const admins: Migration = {
  name: '0003-admins',
  up: `create index person_admin on person (school_id) where role = 'admin' and active`,
}
