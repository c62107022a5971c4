import type { Migration } from '@repitbot/kit/migrations'

/** Notices for the admins of a school, with texts of their own. */
export const adminNotices: Migration = {
  name: '0005-admin-notices',
  up: `
alter table notice drop constraint notice_audience_check,
  add constraint notice_audience_check check (audience in ('student', 'parent', 'tutor', 'admin')) not valid;`,
}
