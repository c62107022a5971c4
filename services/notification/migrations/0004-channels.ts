import type { Migration } from '@repitbot/kit/migrations'

/** Channels may be null: the person was never asked. The rows change by the same rule as those of the user service, whose versions stay. */
export const channelChoices: Migration = {
  name: '0004-channels',
  up: `
alter table contact alter column channels drop not null;
update contact set channels = null where channels = '{}' and telegram_chat_id is null`,
}
