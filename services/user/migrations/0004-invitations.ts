import type { Migration } from '@repitbot/kit/migrations'

/** An invitation of an admin has no pairing code. */
export const invitations: Migration = {
  name: '0004-invitations',
  up: 'alter table invitation alter column code_hash drop not null;',
}
