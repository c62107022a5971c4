import type { Migration } from '@repitbot/kit/migrations'

/**
 * Channels may be null: the person was never asked. Until here an empty list meant both that and "no". People with Telegram were asked in
 * their chat, so theirs stays a "no".
 */
export const channels: Migration = {
  name: '0005-channels',
  up: `
alter table membership alter column channels drop not null;
update membership m set channels = null from person p where p.id = m.person_id and m.channels = '{}' and p.telegram_id is null`,
}
