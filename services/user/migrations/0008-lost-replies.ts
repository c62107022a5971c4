import type { Migration } from '@repitbot/kit/migrations'

/** Which token of a session was exchanged for the current one: it is good until that one is used, in case the reply was lost. */
export const lostReplies: Migration = {
  name: '0008-lost-replies',
  up: `
alter table session add column parent int;
update session set parent = generation - 1 where generation > 0;
`,
}
