import type { Migration } from '@repitbot/kit/migrations'

/**
 * People may refuse e-mails that many people get; and a card says whether its person has an account, so that a message to many is not
 * counted as read by people who cannot sign in. Null: the card is of a release that does not say.
 */
export const bulkEmail: Migration = {
  name: '0007-bulk-email',
  up: `
alter table preference add column bulk_email boolean not null default true;
alter table contact add column signs_in boolean;
create or replace view card with (security_invoker = true) as
  select user_id, p.school_id, role, name, language, zone, quiet_hours, channels, birth_year, email, telegram_chat_id, active, p.version, signs_in
  from person p join contact c using (user_id);`,
}
