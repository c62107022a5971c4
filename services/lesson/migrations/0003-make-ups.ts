import type { Migration } from '@repitbot/kit/migrations'

/** The cancelled lesson that a lesson was promised for. A process of the release before neither reads nor writes it. */
export const makeUps: Migration = {
  name: '0003-make-ups',
  up: `
alter table lesson add column make_up_of uuid;
create index lesson_make_up on lesson (make_up_of) where make_up_of is not null;
`,
}
