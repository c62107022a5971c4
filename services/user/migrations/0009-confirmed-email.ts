import type { Migration } from '@repitbot/kit/migrations'

/**
 * An address belongs to whoever proves it by a letter. Until then several people may have given the same one; only a confirmed one is unique.
 * Those who signed in by an address before this migration keep it as confirmed.
 */
export const confirmedEmail: Migration = {
  name: '0009-confirmed-email',
  up: `
alter table person add column email_confirmed_at timestamptz;
update person set email_confirmed_at = created_at where email is not null;
alter table person drop constraint person_email_key;
create unique index person_email_key on person (email) where email_confirmed_at is not null;
create index person_email on person (email);
alter table one_time_link drop constraint one_time_link_opens_check,
  add constraint one_time_link_opens_check check (opens in ('password', 'first_school', 'email'));
`,
}
