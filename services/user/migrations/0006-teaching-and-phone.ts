import type { Migration } from '@repitbot/kit/migrations'

/** An admin may give lessons too (adr/0037), and a person may be called. A process of the release before names neither column. */
export const teachingAndPhone: Migration = {
  name: '0006-teaching-and-phone',
  up: `
alter table membership add column teaches boolean not null default false;
alter table membership add column phone text;
`,
}
